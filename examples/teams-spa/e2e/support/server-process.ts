import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import type { Stack } from "./stack.js";

const directory = dirname(createRequire(import.meta.url).resolve("example-express-server/package.json"));

/** The built example server in a process of its own, at the address that the pages were built for. */
export class ServerProcess {
  readonly #stack: Stack;
  #child: ChildProcess | undefined;

  constructor(stack: Stack) {
    this.#stack = stack;
  }

  /** Does nothing if it runs already. */
  async start(): Promise<void> {
    if (this.#child) return;
    const { emulator, serverPort, pageUrl, multiTenantPageUrl } = this.#stack;
    const child = spawn(process.execPath, [join(directory, "dist/server.js")], {
      stdio: ["ignore", "pipe", "inherit"],
      env: {
        PATH: process.env["PATH"],
        ...emulator.serverSettings,
        PORT: String(serverPort),
        CORS_ORIGINS: `${pageUrl},${multiTenantPageUrl}`,
        TEAMS_CLIENT_ID: emulator.fixtures.applications.client.clientId,
        IDENTITY_STORE: "graph",
        MAPPING_KEYS: `test:${Buffer.alloc(32, "mapping key of a test").toString("base64")}`,
      },
    });
    this.#child = child;
    const listening = new Promise<void>((resolve) => {
      createInterface({ input: child.stdout }).on("line", (line) => {
        if (line.includes('"listening"')) resolve();
      });
    });
    const ended = once(child, "exit").then(() => Promise.reject(new Error("The server ended.")));
    await Promise.race([listening, ended]);
    ended.catch(() => {});
  }

  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null) return;
    const exited = once(child, "exit");
    child.kill("SIGKILL");
    await exited;
  }
}
