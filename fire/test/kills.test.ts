import { randomInt } from "node:crypto";
import { useBundle } from "test-support";
import { describe, expect, it } from "vitest";
import { startCosmosBackend } from "../src/backends/cosmos.js";
import { startTableBackend } from "../src/backends/table.js";
import { times } from "../src/intensity.js";
import { kills } from "../src/kills/kill-point.js";
import { killWorkers } from "../src/kills/kill-workers.js";
import { reportKills } from "../src/kills/report-kills.js";

const LANES = 2;
const bundle = useBundle(new URL("../src/kills/worker-program.ts", import.meta.url));

describe.each([
  { store: "table", start: startTableBackend },
  { store: "cosmos", start: startCosmosBackend },
])("a process killed while it creates or deletes users, over the $store store", ({ store, start }) => {
  it("leaves nothing that repeating the call does not finish, and at most the identity it was about to map", async () => {
    const seed = Number(process.env["FIRE_SEED"] ?? randomInt(2 ** 31));
    const planned = kills(times(176, 16), seed);
    const backend = await start();
    try {
      const lanes = Array.from({ length: LANES }, (_, lane) => planned.filter((_, n) => n % LANES === lane));
      const aftermaths = (await Promise.all(lanes.map((lane) => killWorkers(backend, bundle, lane)))).flat();
      reportKills(store, aftermaths);
      expect(
        aftermaths.flatMap(({ violations }) => violations),
        `FIRE_SEED=${seed} repeats this`,
      ).toEqual([]);
      const inTheGap = aftermaths.filter(({ window }) => window === "identity created, mapping not written");
      const unaccounted = aftermaths.reduce((sum, aftermath) => sum + aftermath.unaccounted, 0);
      expect(unaccounted).toBeLessThanOrEqual(inTheGap.length);
      for (const window of ["identity created, mapping not written", "identity deleted, mapping still there"]) {
        expect(aftermaths.filter((aftermath) => aftermath.window === window)).not.toEqual([]);
      }
    } finally {
      await backend.close();
    }
  });
});
