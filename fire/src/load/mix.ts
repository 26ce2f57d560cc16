/** Who the requests are from: the emulator's fixture users. */
export const USERS = ["user-one", "user-two", "user-three", "guest"];

/** Requests as a server gets them, the frequent ones more than once; `teams`, `new` and `bad` say what token they carry. */
export const MIX: readonly (readonly [method: string, path: string, kind?: "teams" | "new" | "bad" | "impatient"])[] = [
  ["GET", "/api/token"],
  ["GET", "/api/token"],
  ["GET", "/api/token"],
  ["GET", "/api/token", "impatient"],
  ["POST", "/api/token"],
  ["POST", "/api/token", "impatient"],
  ["GET", "/api/user"],
  ["GET", "/api/user"],
  ["GET", "/api/user", "impatient"],
  ["GET", "/api/user", "new"],
  ["GET", "/api/user", "bad"],
  ["POST", "/api/user"],
  ["POST", "/api/user"],
  ["POST", "/api/user", "impatient"],
  ["DELETE", "/api/user"],
  ["POST", "/api/token/revoke"],
  ["GET", "/api/token/teams", "teams"],
  ["PUT", "/api/user"],
];

/** What goes wrong at the emulated services. */
export const FAULTS = [
  { service: "communication", status: 500, times: 2 },
  { service: "communication", status: 429, times: 2 },
  { service: "communication", connection: "hang", times: 1 },
  { service: "communication", connection: "reset", stage: "after", times: 1 },
  { service: "communication", delayInMs: 300, times: 3 },
  { service: "graph", status: 503, times: 2 },
  { service: "graph", connection: "hang", times: 1 },
  { service: "entra", connection: "reset", times: 1 },
  { service: "entra", connection: "hang", times: 1 },
] as const;

/** What goes wrong at the databases. */
export const DATABASE_FAULTS = [
  { status: 503, times: 3 },
  { connection: "hang", times: 1 },
  { connection: "reset", times: 1 },
] as const;

/** One of them, at random. */
export function pick<T>(values: readonly [T, ...T[]] | readonly T[]): T {
  const value = values[Math.floor(Math.random() * values.length)];
  if (value === undefined) throw new Error("There is nothing to pick from.");
  return value;
}
