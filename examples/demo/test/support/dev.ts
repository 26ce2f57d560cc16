import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";

export const devFile = fileURLToPath(new URL("../../dist/dev.js", import.meta.url));

export interface Dev {
  readonly process: ChildProcess;
  /** stdout and stderr, as they come. */
  readonly output: { text: string };
  readonly exited: Promise<{ readonly code: number | null; readonly text: string }>;
}

/** A program with the surroundings of neither a terminal nor a build server. */
export function start(program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Dev {
  const { CI: _, FORCE_COLOR: __, NO_COLOR: ___, PORT: ____, ...surroundings } = process.env;
  const child = spawn(program, args, { stdio: "pipe", env: { ...surroundings, ...env } });
  const output = { text: "" };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      output.text += text;
    });
  }
  // `close` comes when the last process that holds the output has ended, the server included.
  const exited = once(child, "close").then(([code]) => ({ code, text: output.text }));
  return { process: child, output, exited };
}

export function startDev(args: readonly string[], env: Readonly<Record<string, string>> = {}): Dev {
  return start(process.execPath, [devFile, ...args], env);
}

export async function untilReady({ output }: Dev): Promise<void> {
  await expect.poll(() => output.text, { timeout: 30_000 }).toContain("Stop with Ctrl+C.");
}

/** An option with a free port for each part. */
export async function freePorts(): Promise<Record<"page" | "server" | "entra" | "acs" | "graph" | "admin", number>> {
  const servers = Array.from({ length: 6 }, () => createServer().listen(0));
  await Promise.all(servers.map((server) => once(server, "listening")));
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === "object" && address ? address.port : 0;
  });
  await Promise.all(servers.map((server) => once(server.close(), "close")));
  const [page = 0, server = 0, entra = 0, acs = 0, graph = 0, admin = 0] = ports;
  return { page, server, entra, acs, graph, admin };
}

export function portOptions(ports: Awaited<ReturnType<typeof freePorts>>): readonly string[] {
  const { page, server, entra, acs, graph, admin } = ports;
  const options = { page, entra, communication: acs, graph, admin };
  return ["--port", `${server}`, ...Object.entries(options).flatMap(([name, port]) => [`--${name}-port`, `${port}`])];
}
