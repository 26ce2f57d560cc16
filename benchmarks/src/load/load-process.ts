import type { EventEmitter } from "node:events";
import autocannon, { type Client, type Instance } from "autocannon";
import { expose } from "../processes/expose.js";
import { percentile } from "../report/statistics.js";
import type { Load, LoadOperations, LoadResult, Step } from "./load.js";

/** How soon a load ends when it is told to, in milliseconds. */
const SAMPLE_INTERVAL_IN_MS = 20;
const LONGEST_LOAD_IN_SECONDS = 600;

/** What has been answered since the last mark. */
class Tally {
  readonly latencies: number[] = [];
  readonly startedAt = performance.now();
  readonly #failures = new Map<string, number>();

  fail(what: string): void {
    this.#failures.set(what, (this.#failures.get(what) ?? 0) + 1);
  }

  result(): LoadResult {
    const { latencies } = this;
    const failures = Object.fromEntries(this.#failures);
    const seconds = (performance.now() - this.startedAt) / 1000;
    const at = (share: number) => percentile(latencies, share);
    return { journeys: latencies.length, sent, seconds, failures, p50: at(0.5), p97_5: at(0.975), p99: at(0.99) };
  }
}

let tally = new Tally();
let sent = 0;
let running: { readonly instance: Instance; readonly done: Promise<void> } | undefined;

expose({
  async once(load) {
    tally = new Tally();
    await start(load, { amount: load.users.length * load.steps.length }).done;
    return tally.result();
  },
  begin(load) {
    tally = new Tally();
    running = start(load, { duration: LONGEST_LOAD_IN_SECONDS });
  },
  mark() {
    tally = new Tally();
  },
  async end() {
    const result = tally.result();
    running?.instance.stop();
    await running?.done;
    running = undefined;
    return { ...result, sent };
  },
} satisfies LoadOperations);

function start(load: Load, extent: { readonly amount: number } | { readonly duration: number }) {
  const { url, connections } = load;
  sent = 0;
  let connection = 0;
  let instance: Instance | undefined;
  const done = new Promise<void>((resolve, reject) => {
    const setupClient = (client: Client) => drive(client, load, connection++);
    const options = { url, connections, setupClient, sampleInt: SAMPLE_INTERVAL_IN_MS, timeout: 60, ...extent };
    instance = autocannon(options, (error: unknown) => (error ? reject(error) : resolve()));
    instance.on("reqError", (error: Error) => tally.fail(error.message));
  });
  if (!instance) throw new Error("The load generator did not start.");
  return { instance, done };
}

/** Gives a connection its users, and adds up the steps of each. */
function drive(client: Client, { users, steps, connections }: Load, connection: number): void {
  const own = users.filter((_, index) => index % connections === connection);
  const served = own.length > 0 ? own : users.slice(connection % users.length, (connection % users.length) + 1);
  client.setRequests(
    served.flatMap(({ accessToken, teamsUserAadToken }) =>
      steps.map(({ method, path, withTeamsToken }) => ({
        method,
        path,
        headers: {
          authorization: `Bearer ${accessToken}`,
          ...(withTeamsToken ? { "teams-user-aad-token": teamsUserAadToken } : {}),
        },
      })),
    ),
  );
  const emitter: EventEmitter = client;
  emitter.on("request", () => {
    sent += 1;
  });
  let answers = 0;
  let journeyInMs = 0;
  client.on("response", (status: number, _bytes: number, durationInMs: number) => {
    const step: Step | undefined = steps[answers % steps.length];
    answers += 1;
    journeyInMs += durationInMs;
    if (step && status !== step.status) tally.fail(`${step.method} ${step.path} was answered ${status}`);
    if (answers % steps.length !== 0) return;
    tally.latencies.push(journeyInMs);
    journeyInMs = 0;
  });
}
