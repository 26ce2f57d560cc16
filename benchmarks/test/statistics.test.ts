import { describe, expect, it } from "vitest";
import { figure, median, percentile } from "../src/report/statistics.js";
import { isMet, targetsOf } from "../src/report/targets.js";

describe("the statistics", () => {
  it("a percentile is the value that so large a share does not exceed", () => {
    const values = Array.from({ length: 200 }, (_, index) => 200 - index);
    expect([0.5, 0.975, 0.99, 1].map((share) => percentile(values, share))).toEqual([100, 195, 198, 200]);
    expect(percentile([], 0.5)).toBeNaN();
  });

  it("a median is the middle of the rounds, and its figure says how far they lay apart", () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([1, 2, 3, 10])).toBe(2.5);
    expect(figure([3, 1, 2])).toEqual({ median: 2, min: 1, max: 3 });
  });
});

describe("the targets", () => {
  it("what was not measured is neither met nor missed, and what is too slow is missed", () => {
    const machine = { processor: "", cores: 2, memoryInGb: 1, system: "", node: "" };
    const nothing = { machine, startedOn: "", quick: true, rounds: 1, users: 1, loads: {} };
    expect(targetsOf(nothing).map(isMet)).toEqual(targetsOf(nothing).map(() => undefined));
    const at = (value: number) => figure([value]);
    const imports = (core: number) => ({
      ...nothing,
      importInMs: { "@acs-auth/core": at(core), "@azure/communication-identity": at(100) },
    });
    const verdict = (core: number) => targetsOf(imports(core)).map(isMet).at(-1);
    expect([verdict(120), verdict(121)]).toEqual([true, false]);
  });
});
