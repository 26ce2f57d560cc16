import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { journeyEnvironment } from "./settings.js";
import { startStack } from "./stack.js";

const stack = await startStack({ ports: { entra: 0, communication: 0, graph: 0, admin: 0 }, serverPort: 0 });
try {
  const journey = spawn(process.execPath, [fileURLToPath(new URL("./journey.js", import.meta.url))], {
    stdio: "inherit",
    env: journeyEnvironment(stack),
  });
  const [exitCode] = await once(journey, "exit");
  process.exitCode = exitCode ?? 1;
} finally {
  await stack.stop();
}
