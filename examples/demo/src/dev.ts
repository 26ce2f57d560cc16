import { setTimeout as pause } from "node:timers/promises";
import { startPage } from "example-teams-spa/dev";
import { Failure } from "./console/failure.js";
import { runCommand } from "./console/run-command.js";
import { awaitStop, type StopRequest } from "./console/stop-request.js";
import { bold, dim } from "./console/style.js";
import { hasPerson, openBrowser } from "./dev/open-browser.js";
import { type DevOptions, devCommand } from "./dev/options.js";
import { requirePorts } from "./dev/ports.js";
import { describeScreen } from "./dev/screen.js";
import { describeLogLine } from "./dev/server-log.js";
import { startStack } from "./stack.js";

/** Ctrl+C in a terminal goes to the server as well, which may be the first to end. */
const GRACE_IN_MS = 300;

await runCommand(devCommand(run));

async function run(options: DevOptions): Promise<void> {
  await requirePorts(options.ports);
  const stop = awaitStop();
  try {
    await runUntil(stop, options);
  } catch (error) {
    // What ends while it starts, because of the same Ctrl+C, is no failure.
    if (!stop.isMade) throw error;
  }
  console.log(`  ${dim("Stopped.")}`);
}

async function runUntil(stop: StopRequest, { ports, open }: DevOptions): Promise<void> {
  console.log(`\n  ${bold("acs-auth dev")}  ${dim("starting the emulator, the server and the page…")}`);
  const stack = await startStack({
    ports,
    serverPort: ports.server,
    corsOrigins: [`http://localhost:${ports.page}`],
    onServerLog: (line) => console.log(describeLogLine(line)),
  });
  try {
    const { emulator, serverUrl, serverExit } = stack;
    const page = await startPage({ emulator, serverUrl, port: ports.page });
    try {
      if (!stop.isMade) {
        console.log(describeScreen({ emulator, serverUrl, pageUrl: page.url }));
        if (open && hasPerson()) openBrowser(page.url);
      }
      const ended = await Promise.race([stop.made, serverExit]);
      if (ended !== undefined) await Promise.race([stop.made, pause(GRACE_IN_MS)]);
      if (ended !== undefined && !stop.isMade) {
        throw new Failure(`The server ended by itself (${ended}); its last lines are above. Everything was stopped.`);
      }
      console.log(`  ${dim("Stopping…")}`);
    } finally {
      await page.close();
    }
  } finally {
    await stack.stop();
  }
}
