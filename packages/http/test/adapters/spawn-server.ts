import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Served } from "./answers-alike.js";

const binaries = new URL("../../node_modules/.bin/", import.meta.url);
const fixtures = new URL("fixtures/", import.meta.url);

export interface SpawnOptions {
  /** Below the fixtures. */
  readonly folder?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs a program of this package's `node_modules` among the fixtures to its end; rejects if it fails. */
export async function runProgram(
  program: string,
  parameters: readonly string[],
  options?: SpawnOptions,
): Promise<void> {
  await promisify(execFile)(pathOf(program), parameters, surroundings(options));
}

/** Starts a program of this package's `node_modules` among the fixtures; it prints the port that it serves. */
export async function spawnServer(
  program: string,
  parameters: readonly string[],
  options?: SpawnOptions,
): Promise<Served> {
  const child = spawn(pathOf(program), parameters, {
    ...surroundings(options),
    // Its processes form a group, which ends as a whole.
    detached: true,
  });
  let output = "";
  const port = await new Promise<number>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk;
      const printed = /(?:^port |http:\/\/[\w.]+:)(\d+)/m.exec(output)?.[1];
      if (printed) resolve(Number(printed));
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("error", reject).once("exit", () => reject(new Error(`${program} ended: ${output}`)));
  });
  const close = async () => {
    if (child.pid === undefined || child.exitCode !== null) return;
    const ended = once(child, "exit");
    process.kill(-child.pid, "SIGKILL");
    await ended;
  };
  return { port, close };
}

function pathOf(program: string): string {
  return fileURLToPath(new URL(program, binaries));
}

function surroundings({ folder = ".", env = {} }: SpawnOptions = {}) {
  return {
    cwd: fileURLToPath(new URL(folder, fixtures)),
    env: { ...process.env, ...env, DENO_NO_UPDATE_CHECK: "1", DO_NOT_TRACK: "1", NEXT_TELEMETRY_DISABLED: "1" },
  };
}
