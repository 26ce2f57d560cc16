import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  ACS_LIMITS_PER_30_S,
  fetchesPerSecond,
  GRAPH_LIMITS,
  mostUsers,
  resourcesNeeded,
} from "../src/capacity/arithmetic.js";
import { simulate } from "../src/capacity/simulation.js";

const guide = readFileSync(new URL("../../docs/scaling.md", import.meta.url), "utf8");
const HALF_A_DAY = 12;
const A_MINUTE = 1 / 60;

describe("the arithmetic of the capacity guide", () => {
  it.each([
    ["nothing is kept", 0, 1],
    ["mappings are kept for a minute", A_MINUTE, 2],
    ["tokens are kept for half a day by one server", HALF_A_DAY, 1],
    ["tokens are kept for half a day by four servers", HALF_A_DAY, 4],
  ])("agrees with simulated users where %s", (_, keptInHours, servers) => {
    const demand = { users: 1_000, requestsPerUserAndHour: 4, servers };
    for (const seed of [1, 2, 3]) {
      const { fetchesPerSecond: simulated } = simulate({ ...demand, keptInHours, hours: 96, seed });
      expect(Math.abs(simulated / fetchesPerSecond(demand, keptInHours) - 1)).toBeLessThan(0.03);
    }
  });

  it("users below the limit stay below it in every 30 seconds, users well above do not", () => {
    const demand = { requestsPerUserAndHour: 4, servers: 2 };
    const limit = ACS_LIMITS_PER_30_S.issueToken;
    const users = mostUsers(demand, 0, limit / 30);
    const most = (share: number) =>
      simulate({ ...demand, users: Math.floor(users * share), keptInHours: 0, hours: 0.5, seed: 2 }).mostIn30S;
    expect(most(0.8)).toBeLessThan(limit);
    expect(most(1.2)).toBeGreaterThan(limit);
  });

  it("the guide's tables are what it computes", () => {
    const perSecond = ACS_LIMITS_PER_30_S.issueToken / 30;
    for (const servers of [1, 2, 4]) {
      const demand = { requestsPerUserAndHour: 4, servers };
      const without = mostUsers(demand, 0, perSecond).toLocaleString("en");
      const reused = mostUsers(demand, HALF_A_DAY, perSecond).toLocaleString("en");
      expect(guide).toMatch(new RegExp(`\\| ${servers} +\\| ${without} +\\| ${reused} +\\|`));
    }
    const joinsPerSecond = GRAPH_LIMITS.writesPer150S / 150;
    expect(guide).toContain(`${joinsPerSecond} new users per second`);
    expect(guide).toContain(`${resourcesNeeded(100, ACS_LIMITS_PER_30_S.issueToken, 1 / 3)} resources`);
  });
});
