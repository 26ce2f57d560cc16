import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chownSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { Client, type ClientConfig } from "pg";
import { findOrInstallPostgres } from "./postgres-binaries.js";

/** A PostgreSQL server of the tests' own. */
export interface Postgres {
  /** How to connect, as the superuser. */
  readonly connection: { readonly host: string; readonly port: number } & ClientConfig;
  /** Ends the server and removes its data. */
  stop(): Promise<void>;
}

/** For the first test that runs, where PostgreSQL has to be installed. */
export const INSTALLATION_TIMEOUT_IN_MS = 300_000;

/** Another program may take the free port before the server does. */
const START_ATTEMPTS = 5;

/** Starts a server on a free port of 127.0.0.1 with a new data directory. */
export async function startPostgres(): Promise<Postgres> {
  const programs = findOrInstallPostgres();
  const account = serverAccount();
  const directory = mkdtempSync(join(tmpdir(), "acs-auth-postgres-"));
  const data = join(directory, "data");
  const password = randomBytes(16).toString("hex");
  const passwordFile = join(directory, "password");
  writeFileSync(passwordFile, password, { mode: 0o600 });
  for (const path of [directory, passwordFile]) chownSync(path, account.uid, account.gid);
  const options = { ...account, cwd: directory };

  const setUp = ["--username=postgres", "--auth=scram-sha-256", `--pwfile=${passwordFile}`];
  execFileSync(join(programs, "initdb"), [data, ...setUp, "--encoding=UTF8", "--no-locale", "--no-sync"], {
    ...options,
    stdio: ["ignore", "ignore", "inherit"],
  });

  for (let attempt = 1; attempt <= START_ATTEMPTS; attempt++) {
    const port = await freePort();
    const settings = [`port=${port}`, "listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=200"];
    const server = spawn(
      join(programs, "postgres"),
      ["-D", data, ...[...settings, "fsync=off"].flatMap((setting) => ["-c", setting])],
      { ...options, stdio: "ignore" },
    );
    const connection = { host: "127.0.0.1", port, user: "postgres", password, database: "postgres" };
    if (await accepts(server, connection)) return { connection, stop: () => stop(server, directory) };
  }
  rmSync(directory, { recursive: true });
  throw new Error("PostgreSQL did not start.");
}

/** PostgreSQL refuses to run as root. */
function serverAccount(): { uid: number; gid: number } {
  const [uid = 0, gid = 0] = [process.getuid?.(), process.getgid?.()];
  if (uid !== 0) return { uid, gid };
  const idOf = (flag: string) => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }));
  return { uid: idOf("-u"), gid: idOf("-g") };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** Waits until the server accepts connections; false if it ends instead. */
async function accepts(server: ChildProcess, connection: ClientConfig): Promise<boolean> {
  while (server.exitCode === null && server.signalCode === null) {
    const client = new Client(connection);
    client.on("error", () => {});
    try {
      await client.connect();
      await client.end();
      return true;
    } catch {
      await setTimeout(50);
    }
  }
  return false;
}

/** SIGINT is PostgreSQL's fast shutdown: it does not wait for clients to leave. */
async function stop(server: ChildProcess, directory: string): Promise<void> {
  const ended = once(server, "exit");
  server.kill("SIGINT");
  await ended;
  rmSync(directory, { recursive: true });
}
