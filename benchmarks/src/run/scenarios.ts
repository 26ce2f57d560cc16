import type { Step } from "../load/load.js";
import type { Contestant } from "../servers/contestants.js";

export type LoadKind = "join" | "cold" | "warm" | "teams";
export type UpstreamName = "emulator" | "stand-in";

/** A load that contestants are put under, one after the other. */
export interface LoadScenario {
  readonly id: string;
  readonly title: string;
  readonly upstream: UpstreamName;
  readonly delays: boolean;
  readonly kind: LoadKind;
  /** `some` come once, `one` and `many` come again and again. */
  readonly users: "one" | "some" | "many";
  readonly connections: number;
}

const CONNECTIONS = 50;
const MANY_CONNECTIONS = 200;

const EMULATOR_SCENARIOS: readonly LoadScenario[] = (
  [
    ["join", "a user's first join", "join", "some"],
    ["cold", "a known user's first request", "cold", "some"],
    ["warm", "one user repeating", "warm", "one"],
    ["teams", "Teams exchange", "teams", "some"],
  ] as const
).map(([name, title, kind, users]) => ({
  id: `emulator-${name}`,
  title: `${title}, 1 connection`,
  upstream: "emulator",
  delays: true,
  kind,
  users,
  connections: 1,
}));

const LOADS = [
  ["join", "first join of new users", "join", "some", CONNECTIONS],
  ["cold", "first request of each known user", "cold", "many", CONNECTIONS],
  ["one-user", "one user repeating", "warm", "one", CONNECTIONS],
  ["rotation", "all users in rotation", "warm", "many", CONNECTIONS],
  ["200-connections", "all users in rotation", "warm", "many", MANY_CONNECTIONS],
  ["teams", "Teams exchange", "teams", "many", CONNECTIONS],
] as const;

/** One user with delays is what the emulator is asked for already. */
const STAND_IN_SCENARIOS: readonly LoadScenario[] = [true, false].flatMap((delays) =>
  LOADS.filter(([name]) => !(delays && name === "one-user")).map(([name, title, kind, users, connections]) => ({
    id: delays ? `${name}-delays` : name,
    title: `${title}, ${connections} connections`,
    upstream: "stand-in" as const,
    delays,
    kind,
    users,
    connections,
  })),
);

/** In the order in which they are run. */
export const LOAD_SCENARIOS: readonly LoadScenario[] = [...EMULATOR_SCENARIOS, ...STAND_IN_SCENARIOS];

/** The figures that need no load. */
export const OTHER_SCENARIOS = ["verification", "startup", "imports", "size", "growth"] as const;

/** The floor takes no part where the answer depends on remote services. */
export function takesPart(contestant: Contestant, { kind, delays }: LoadScenario): boolean {
  return contestant !== "floor" || (kind === "warm" && !delays);
}

/** What a client of the contestant does. The sample's client needs three requests to join, ours one. */
export function stepsOf(contestant: Contestant, kind: LoadKind): readonly Step[] {
  const getToken: Step = { method: "GET", path: "/api/token", status: 201 };
  if (kind === "teams") return [{ method: "GET", path: "/api/token/teams", status: 201, withTeamsToken: true }];
  if (kind !== "join") return [getToken];
  if (contestant === "ours" || contestant === "ours-reuse")
    return [{ method: "POST", path: "/api/token", status: 201 }];
  return [
    { method: "GET", path: "/api/user", status: 404 },
    { method: "POST", path: "/api/user", status: 201 },
    getToken,
  ];
}
