import { once } from "node:events";
import { createServer } from "node:net";
import { Failure } from "../console/failure.js";
import type { Row } from "../console/style.js";
import { PARTS, type Part, type Ports } from "./parts.js";

const NAMES: readonly Part[] = ["page", "server", "entra", "communication", "graph", "admin"];
/** The server is reachable from other machines, the rest from this one only. */
const HOSTS: Partial<Record<Part, string>> = { page: "localhost", server: "::" };

/** Finds out about all ports before anything starts. @throws Failure that says what to do about those in use. */
export async function requirePorts(ports: Ports): Promise<void> {
  const checked = await Promise.all(NAMES.map(async (part) => [part, await problemOf(part, ports[part])] as const));
  const problems = checked.filter(([, problem]) => problem !== undefined);
  if (problems.length === 0) return;
  const parts = problems.map(([part, problem]) => `port ${ports[part]} for ${PARTS[part].name} ${problem}`);
  const others: readonly Row[] = problems.map(([part]) => [
    "Use another port",
    `${PARTS[part].option} ${otherPort(ports[part])}`,
  ]);
  const holders: readonly Row[] = problems
    .filter(([, problem]) => problem === IN_USE)
    .map(([part]) => ["See what uses it", commandThatShowsPort(ports[part])]);
  throw new Failure(`Cannot start: ${parts.join(", ")}.`, [...others, ...holders]);
}

const IN_USE = "is in use";

async function problemOf(part: Part, port: number): Promise<string | undefined> {
  const probe = createServer();
  try {
    await once(probe.listen({ port, host: HOSTS[part] ?? "127.0.0.1", exclusive: true }), "listening");
    return undefined;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "EADDRINUSE") return IN_USE;
    return code === "EACCES" ? "needs more rights than this process has" : undefined;
  } finally {
    await new Promise((closed) => probe.close(closed));
  }
}

function otherPort(port: number): number {
  if (port < 1024) return port + 8000;
  return port < 60_000 ? port + 1000 : port - 1000;
}

function commandThatShowsPort(port: number): string {
  if (process.platform === "win32") return `netstat -ano | findstr :${port}`;
  if (process.platform === "linux") return `ss -ltnp 'sport = :${port}'`;
  return `lsof -nP -iTCP:${port} -sTCP:LISTEN`;
}
