import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { startEmulator } from "@acs-auth/emulator";
import { visit } from "./visit.js";

const emulator = await startEmulator({ ports: { entra: 0, communication: 0, graph: 0, admin: 0 } });

// The emulator stays in this process, so that no span and no figure is its own.
const server = fork(fileURLToPath(new URL("./server.js", import.meta.url)), {
  execArgv: ["--import", new URL("./telemetry.js", import.meta.url).href],
  env: {
    ...process.env,
    ...emulator.serverSettings,
  },
});
const exited = once(server, "exit");
try {
  const [url] = await Promise.race([once(server, "message"), exited.then(() => [])]);
  if (typeof url !== "string") throw new Error("The server did not start.");
  await visit(url, emulator);
} finally {
  server.kill("SIGTERM");
  const [exitCode] = await exited;
  await emulator.close();
  process.exitCode = exitCode ?? 1;
}
