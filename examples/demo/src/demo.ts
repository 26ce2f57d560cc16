import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { createCommand, runCommand } from "./console/run-command.js";
import { awaitStop } from "./console/stop-request.js";
import { journeyEnvironment } from "./settings.js";
import { startStack } from "./stack.js";

/** As a shell reports a program that Ctrl+C has ended. */
const INTERRUPTED = 130;

await runCommand(
  createCommand("pnpm demo", "The whole life of an ACS identity once, step by step, on the emulator.").action(run),
);

async function run(): Promise<void> {
  const stopped = awaitStop().made.then(() => INTERRUPTED);
  const stack = await startStack({ ports: { entra: 0, communication: 0, graph: 0, admin: 0 }, serverPort: 0 });
  const journey = spawn(process.execPath, [fileURLToPath(new URL("./journey.js", import.meta.url))], {
    stdio: "inherit",
    env: journeyEnvironment(stack),
  });
  const ended = once(journey, "exit").then(([exitCode]) => Number(exitCode ?? 1));
  process.exitCode = await Promise.race([ended, stopped]);
  journey.kill();
  await stack.stop();
}
