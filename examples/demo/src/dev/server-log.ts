import { dim, plain, red } from "../console/style.js";

/** A line of the server's JSON log, for people; other lines as they are. */
export function describeLogLine(line: string): string {
  const entry = parse(line);
  if (entry === undefined) return line;
  const { level, time, msg, ...rest } = entry;
  const clock = typeof time === "string" ? time.slice(11, 19) : "";
  const style = level === "info" || level === "debug" ? plain : red;
  return `  ${dim(clock)}  ${style(String(msg))}  ${dim(describe(rest))}`.trimEnd();
}

function describe(rest: Readonly<Record<string, unknown>>): string {
  if (rest["method"] === undefined) return Object.values(rest).join(" ");
  const { method, route, status, code, durationInMs } = rest;
  return [method, route ?? "(unknown path)", status, code, `${durationInMs} ms`]
    .filter((value) => value !== undefined)
    .join(" ");
}

function parse(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
