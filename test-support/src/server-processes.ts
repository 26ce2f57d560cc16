import { fork } from "node:child_process";
import { once } from "node:events";
import type { UserKey } from "@acs-auth/core";

/** What a server process does. */
export interface ServerTask {
  readonly connectionString: string;
  /** A module that plain Node can load and that has `createStore(argument)`. */
  readonly store: { readonly module: string; readonly argument: unknown };
  /** Who is served, with one call each, all at once. */
  readonly users: readonly UserKey[];
}

/** What came of it. */
export interface ServerOutcome {
  /** The ids that the calls returned, in the order of the users. */
  readonly ids: readonly string[];
  readonly orphans: number;
}

/** Runs a task in several processes, started together. `file` is `server-process.ts`, bundled. */
export async function runServers(file: string, processes: number, task: ServerTask): Promise<ServerOutcome[]> {
  const servers = Array.from({ length: processes }, () => fork(file, { execArgv: [] }));
  try {
    await Promise.all(servers.map((server) => ask(server, task)));
    return await Promise.all(servers.map((server) => ask<ServerOutcome>(server, "start")));
  } finally {
    for (const server of servers) server.kill("SIGKILL");
  }
}

async function ask<T>(server: ReturnType<typeof fork>, message: object | string): Promise<T> {
  const ended = once(server, "exit").then(() => Promise.reject(new Error("The process ended early.")));
  server.send(message);
  const [answer] = await Promise.race([once(server, "message"), ended]);
  return answer;
}
