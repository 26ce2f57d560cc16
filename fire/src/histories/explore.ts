import { randomInt } from "node:crypto";
import { inspect } from "node:util";
import fc from "fast-check";
import type { Backend } from "../backends/backend.js";
import { isShort } from "../intensity.js";
import { report } from "../report.js";
import { type History, history } from "./history.js";
import { type Course, runHistory } from "./run-history.js";
import { openWorld, type World } from "./world.js";

/** How long a counter-example may be made simpler (in full only); each attempt takes a second or more. */
const SHRINKING_IN_MS = 45_000;

export interface Exploration {
  readonly histories: number;
  /** How many take place at once, each in a world of its own. */
  readonly lanes: number;
  /** Histories that went wrong once. */
  readonly examples: readonly History[];
}

/** Lets random histories take place over a kind of store and reports what they came to. */
export async function explore(backend: Backend, { histories, lanes, examples }: Exploration): Promise<void> {
  const seed = Number(process.env["FIRE_SEED"] ?? randomInt(2 ** 31));
  const courses: Course[] = [];
  const runs = Math.ceil(histories / lanes);
  const failures = await Promise.all(
    Array.from({ length: lanes }, async (_, lane) => {
      const world = await openWorld(backend, ["user-one", "user-two"]);
      try {
        const own = examples.filter((_, n) => n % lanes === lane);
        return await exploreLane(world, { seed: seed + lane, runs, examples: own }, courses);
      } finally {
        await world.close();
      }
    }),
  );
  reportCourses(backend.name, courses);
  const [failure] = failures.filter((found) => found !== undefined);
  if (failure) throw new Error(`FIRE_SEED=${seed} repeats this.\n${failure}`);
}

interface Lane {
  readonly seed: number;
  readonly runs: number;
  readonly examples: readonly History[];
}

/** Returns the simplest counter-example found, in words. */
async function exploreLane(world: World, lane: Lane, courses: Course[]): Promise<string | undefined> {
  let shrinksUntil = Number.POSITIVE_INFINITY;
  const property = fc.asyncProperty(history, async (taken) => {
    fc.pre(performance.now() < shrinksUntil);
    const course = await runHistory(taken, world);
    courses.push(course);
    if (course.violations.length === 0) return;
    shrinksUntil = Math.min(shrinksUntil, performance.now() + SHRINKING_IN_MS);
    const answers = course.outcomes.map(({ call, answer }) => `${call.method}: ${inspect({ ...answer, token: "…" })}`);
    throw new Error([...course.violations, "", ...answers].join("\n"));
  });
  const examples = lane.examples.map((example): [History] => [example]);
  const details = await fc.check(property, {
    seed: lane.seed,
    numRuns: lane.runs + examples.length,
    examples,
    endOnFailure: isShort,
  });
  return details.failed ? `${fc.defaultReportMessage(details)}\n${String(details.errorInstance)}` : undefined;
}

function reportCourses(store: string, courses: readonly Course[]): void {
  const outcomes = courses.flatMap((course) => course.outcomes);
  const answered = outcomes.filter(({ answer }) => answer.kind !== "error" && answer.kind !== "surprise");
  report({
    section: "random histories",
    what: `${store} store`,
    tried: courses.length,
    lost: courses.filter(({ violations }) => violations.length > 0).length,
    figures: {
      calls: outcomes.length,
      "with a result": answered.length,
      "remote calls struck": courses.reduce((sum, { struck }) => sum + struck, 0),
      "orphans reported": courses.reduce((sum, { orphansReported }) => sum + orphansReported, 0),
      "longest call in ms": Math.round(Math.max(...outcomes.map(({ durationInMs }) => durationInMs))),
    },
  });
}
