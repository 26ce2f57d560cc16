import { useBundle } from "test-support";
import { describe, expect, it } from "vitest";
import { isShort, times } from "../src/intensity.js";
import type { Measurement } from "../src/load/server.js";
import { Soak } from "../src/load/soak.js";
import { report } from "../src/report.js";

const REQUESTS_PER_SECOND = 10;

/** What a server gets in 20 minutes, or in 2, is sent as fast as it answers. */
const MINUTES = times(20, 2);

/** While the caches fill and the engine compiles, the heap grows a little. */
const TOLERATED_BYTES_PER_REQUEST = times(200, 2_500);

const bundle = useBundle(new URL("../src/load/server.ts", import.meta.url));

interface Samples {
  readonly measurements: readonly Measurement[];
  /** How much the heap grew for each request between the first third of the measurements and the last. */
  readonly bytesPerRequest: number;
}

/** A quarter of the requests goes before the first measurement. */
async function takeSamples(server: Soak, requests: number, count: number): Promise<Samples> {
  await server.send(requests / 4);
  const between = (requests * 3) / 4 / count;
  const measurements: Measurement[] = [];
  for (let sample = 0; sample < count; sample++) {
    await server.send(between);
    measurements.push(await server.measure());
  }
  const heaps = measurements.map(({ heapInBytes }) => heapInBytes);
  const third = count / 3;
  const growth = median(heaps.slice(-third)) - median(heaps.slice(0, third));
  return { measurements, bytesPerRequest: growth / (between * third * 2) };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}

describe("a server under mixed load, with faults, timeouts and clients that leave", () => {
  it("keeps its memory, leaks no handle, leaves no error unhandled and can end", async () => {
    const requests = MINUTES * 60 * REQUESTS_PER_SECOND;
    const server = await Soak.start(bundle, false);
    const { measurements, bytesPerRequest } = await takeSamples(server, requests, times(12, 6));
    const exitCode = await server.close(15_000);

    expect(bytesPerRequest).toBeLessThan(TOLERATED_BYTES_PER_REQUEST);
    const resources = measurements.map((measurement) => measurement.resources);
    expect(Math.max(...resources)).toBeLessThan((resources[0] ?? 0) + 20);
    expect(measurements.at(-1)?.troubles).toEqual([]);
    expect(exitCode).toBe(0);
    const { statuses } = server;
    const wanted = ["200", "201", "204", "401", "404", "405", "gone", ...(isShort ? [] : ["503", "504"])];
    expect(Object.keys(statuses)).toEqual(expect.arrayContaining(wanted));
    expect(statuses["500"]).toBeUndefined();
    report({
      section: "soak",
      what: `${MINUTES} minutes of ${REQUESTS_PER_SECOND} requests a second over four stores`,
      tried: requests,
      lost: 0,
      figures: {
        "heap MB": ((measurements.at(-1)?.heapInBytes ?? 0) / 2 ** 20).toFixed(1),
        "bytes per request": Math.round(bytesPerRequest),
        sockets: resources.at(-1) ?? 0,
      },
    });
  });

  it("would be seen to leak, if a store forgot to remove one listener", async () => {
    const server = await Soak.start(bundle, true);
    const { bytesPerRequest } = await takeSamples(server, 60 * REQUESTS_PER_SECOND, 6);
    await server.close(15_000);
    expect(bytesPerRequest).toBeGreaterThan(2_500);
  });
});
