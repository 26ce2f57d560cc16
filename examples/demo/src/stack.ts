import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { type Emulator, type EmulatorPorts, startEmulator } from "@acs-auth/emulator";

/** The emulator in this process and the example server in one of its own. */
export interface Stack {
  readonly emulator: Emulator;
  readonly serverUrl: string;
  /** Resolves when the server has ended, with how. */
  readonly serverExit: Promise<string>;
  stop(): Promise<void>;
}

export interface StackOptions {
  /** 0 takes a free port. */
  readonly ports: Required<EmulatorPorts>;
  readonly serverPort: number;
  /** Origins of the pages that may call the server. */
  readonly corsOrigins?: readonly string[];
  /** What the server logs after its start, line by line. */
  readonly onServerLog?: (line: string) => void;
}

const SERVER_START_TIMEOUT_IN_MS = 20_000;

/** The server's own code knows nothing of this process; this module, loaded before it, ends it however this one ends. */
const END_WITH_PARENT = 'process.stdin.once("end", () => process.exit()).resume().unref();';

/** @throws Error if one of the two does not start; the other one is stopped then. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const emulator = await startEmulator({ ports: options.ports });
  try {
    const { server, serverUrl, serverExit } = await startServer(emulator, options);
    return {
      emulator,
      serverUrl,
      serverExit,
      async stop() {
        await stopProcess(server);
        await emulator.close();
      },
    };
  } catch (error) {
    await emulator.close();
    throw error;
  }
}

async function startServer(emulator: Emulator, { serverPort, corsOrigins = [], onServerLog }: StackOptions) {
  const directory = dirname(createRequire(import.meta.url).resolve("example-express-server/package.json"));
  const endWithParent = `data:text/javascript,${encodeURIComponent(END_WITH_PARENT)}`;
  const server = spawn(process.execPath, ["--import", endWithParent, join(directory, "dist/server.js")], {
    stdio: ["pipe", "pipe", "inherit"],
    env: {
      PATH: process.env["PATH"],
      ...emulator.serverSettings,
      HOST: "127.0.0.1",
      PORT: String(serverPort),
      CORS_ORIGINS: corsOrigins.join(","),
      IDENTITY_STORE: "graph",
      MAPPING_KEYS: `demo:${randomBytes(32).toString("base64")}`,
      TEAMS_CLIENT_ID: emulator.fixtures.applications.client.clientId,
    },
  });
  const serverExit = new Promise<string>((resolve) => {
    server.once("exit", (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  const started = new Promise<string>((resolve, reject) => {
    createInterface({ input: server.stdout }).on("line", (line) => {
      const url = urlIn(line);
      if (url) resolve(url);
      else onServerLog?.(line);
    });
    server.once("error", reject);
    serverExit.then((how) => reject(new Error(`The server did not start (${how}).`)));
    setTimeout(() => reject(new Error("The server did not start in time.")), SERVER_START_TIMEOUT_IN_MS).unref();
  });
  try {
    return { server, serverExit, serverUrl: await started };
  } catch (error) {
    server.kill("SIGKILL");
    throw error;
  }
}

function urlIn(line: string): string | undefined {
  try {
    const { url }: { url?: unknown } = JSON.parse(line);
    return typeof url === "string" ? url : undefined;
  } catch {
    return undefined;
  }
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGTERM");
  await exited;
}
