import { setMaxListeners } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import type { AcsAuthHandler } from "@acs-auth/http";
import { times } from "../intensity.js";
import type { LoadUser } from "./world.js";

/** A request that a client makes, in turn with its others. */
export type Step = "GET /api/user" | "POST /api/user" | "DELETE /api/user" | "GET /api/token";

/** A user's client: sends one request, waits for the answer, thinks, sends the next. */
export interface Client {
  readonly user: LoadUser;
  readonly steps: readonly Step[];
  /** The access token it keeps using; without one it signs in anew before each request. */
  readonly token: string | undefined;
}

/** What one request came to. Times are those of `performance.now()`. */
export interface Answer {
  readonly client: Client;
  readonly step: Step;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly status: number;
  readonly code: string | undefined;
  readonly retryAfter: string | undefined;
}

/** What 200 users, or 60, can do without straining a machine of two cores. */
const MEAN_THINKING_TIME_IN_MS = times(1_500, 500);

const PATIENCE_IN_MS = 30_000;

/** Clients at work until they are stopped. */
export class Load {
  readonly answers: Answer[] = [];
  readonly #handler: AcsAuthHandler;
  readonly #clients: readonly Client[];
  readonly #latest = new Map<Client, Answer>();
  readonly #stop = new AbortController();
  readonly #work: Promise<unknown>;
  #sent = 0;

  constructor(handler: AcsAuthHandler, clients: readonly Client[]) {
    this.#handler = handler;
    this.#clients = clients;
    setMaxListeners(0, this.#stop.signal);
    this.#work = Promise.all(clients.map((client) => this.#run(client)));
  }

  /** How many requests have been sent. */
  get sent(): number {
    return this.#sent;
  }

  /** Resolves once the latest answer of every client is a success and of a request made after a moment. */
  async untilAllSucceed(since: number): Promise<void> {
    const isServed = (client: Client) => {
      const { startedAt, status } = this.#latest.get(client) ?? { startedAt: 0, status: 0 };
      return startedAt >= since && status < 300;
    };
    await until(() => this.#clients.every(isServed), "Not every client was served again.");
  }

  /** Resolves once so many requests have been refused after a moment. */
  async untilRefused(count: number, since: number): Promise<void> {
    const refused = () => this.answers.filter(({ endedAt, status }) => endedAt >= since && status >= 400);
    await until(() => refused().length >= count, "Nobody was refused.");
  }

  /** Resolves when every request has been answered. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#work;
  }

  async #run(client: Client): Promise<void> {
    for (let turn = 0; ; turn++) {
      await this.#think();
      const step = client.steps[turn % client.steps.length];
      if (this.#stop.signal.aborted || !step) return;
      const answer = await this.#ask(client, step, client.token ?? (await client.user.newToken()));
      this.answers.push(answer);
      this.#latest.set(client, answer);
    }
  }

  async #think(): Promise<void> {
    const { signal } = this.#stop;
    const durationInMs = (0.5 + Math.random()) * MEAN_THINKING_TIME_IN_MS;
    await delay(durationInMs, undefined, { signal }).catch(() => {});
  }

  async #ask(client: Client, step: Step, token: string): Promise<Answer> {
    this.#sent += 1;
    const startedAt = performance.now();
    const response = await ask(this.#handler, step, token);
    const endedAt = performance.now();
    const { status, headers } = response;
    const code = status >= 400 ? codeOf(await response.json()) : undefined;
    return { client, step, startedAt, endedAt, status, code, retryAfter: headers.get("retry-after") ?? undefined };
  }
}

async function until(isReached: () => boolean, otherwise: string): Promise<void> {
  const giveUpAt = performance.now() + PATIENCE_IN_MS;
  while (!isReached()) {
    if (performance.now() > giveUpAt) throw new Error(otherwise);
    await delay(50);
  }
}

function codeOf(problem: unknown): string {
  return typeof problem === "object" && problem !== null && "code" in problem ? String(problem.code) : "";
}

/** Sends one request. */
export function ask(handler: AcsAuthHandler, step: Step, token: string): Promise<Response> {
  const [method = "", path = ""] = step.split(" ");
  return handler(new Request(`http://localhost${path}`, { method, headers: { authorization: `Bearer ${token}` } }));
}
