import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Job, Outcome } from "./server-process.js";

/** Runs a job in several processes at once, started together, and returns what each reports. */
export async function runServers(count: number, moduleUrl: string, job: Job): Promise<Outcome[]> {
  const servers = Array.from({ length: count }, () => fork(fileURLToPath(moduleUrl), { execArgv: [] }));
  try {
    await Promise.all(
      servers.map((server) => {
        server.send(job);
        return nextMessage(server);
      }),
    );
    return await Promise.all(
      servers.map((server) => {
        server.send("start");
        return nextMessage(server) as Promise<Outcome>;
      }),
    );
  } finally {
    for (const server of servers) server.kill("SIGKILL");
  }
}

async function nextMessage(server: ReturnType<typeof fork>): Promise<unknown> {
  const ended = once(server, "exit").then(() => Promise.reject(new Error("The process ended early.")));
  const [message] = await Promise.race([once(server, "message"), ended]);
  return message;
}
