/** Documented limits of ACS Identity, per 30 seconds. @see https://learn.microsoft.com/azure/communication-services/concepts/service-limits */
export const ACS_LIMITS_PER_30_S = { issueToken: 1_000, createWithToken: 1_000, exchangeTeamsToken: 500 } as const;

/** Documented limits of Graph for one application in one tenant of more than 500 users. @see https://learn.microsoft.com/graph/throttling-limits */
export const GRAPH_LIMITS = { resourceUnitsPer10S: 8_000, writesPer150S: 3_000 } as const;

/** Users who come back at random, to servers that share no memory. */
export interface Demand {
  readonly users: number;
  readonly requestsPerUserAndHour: number;
  /** Each request goes to any of them. */
  readonly servers: number;
}

/**
 * How often per second something is fetched that each server keeps for `keptInHours` after fetching it: a server fetches
 * at a user's first request, then not until the time is over and the user comes to it again.
 */
export function fetchesPerSecond(demand: Demand, keptInHours: number): number {
  const { users, requestsPerUserAndHour, servers } = demand;
  const hoursBetweenRequestsToOneServer = servers / requestsPerUserAndHour;
  return (users * servers) / (keptInHours + hoursBetweenRequestsToOneServer) / 3_600;
}

/** The most users of whom a limit lets each be fetched for as often as their demand asks. */
export function mostUsers(demand: Omit<Demand, "users">, keptInHours: number, perSecond: number): number {
  return Math.floor(perSecond / fetchesPerSecond({ ...demand, users: 1 }, keptInHours) + 1e-6);
}

/** How many equal ACS resources a rate of requests needs, with a share left free for peaks and repetitions. */
export function resourcesNeeded(perSecond: number, limitPer30S: number, freeShare: number): number {
  return Math.ceil(perSecond / ((limitPer30S / 30) * (1 - freeShare)));
}
