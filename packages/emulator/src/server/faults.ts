import { setMaxListeners } from "node:events";
import { checkFault } from "./check-fault.js";
import type { ServiceName } from "./request-counters.js";
import { pathMatcher } from "./routes.js";

/** Which requests fail, how often, and how. */
export interface Fault {
  /** Default: every service. */
  readonly service?: ServiceName;
  /** Default: every method. */
  readonly method?: string;
  /**
   * Path as in the request counters, in which `{name}` stands for one segment and `*` for anything:
   * `/identities/{id}/:issueAccessToken`. Default: every path.
   */
  readonly path?: string;
  /** How many matching requests are left alone first. Default: 0. */
  readonly after?: number;
  /** How many matching requests are struck. Default: all, until the fault is removed. */
  readonly times?: number;
  /** Latency in milliseconds. Alone, it only slows the request down. A caller that gives up does not stop the request. */
  readonly delayInMs?: number;
  /**
   * `"before"` the service handles the request, which then has no effect, or `"after"` its effect, when the answer is
   * replaced or lost. Default: `"before"`.
   */
  readonly stage?: "before" | "after";
  /** Answers with this HTTP status (400 to 599) in the error format of the service. */
  readonly status?: number;
  /** The error code in the body. Default: one that suits the status. */
  readonly code?: string;
  /** Replaces the body: an object is sent as JSON, a text as HTML, as a gateway in front of a service would. */
  readonly body?: string | Readonly<Record<string, unknown>>;
  /** The `Retry-After` header, in seconds. Default: no such header. */
  readonly retryAfterInSeconds?: number;
  /** Further headers of the answer. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Instead of an answer, `"reset"` cuts the connection and `"hang"` keeps it open and never answers. */
  readonly connection?: "reset" | "hang";
}

/** A fault that has been added. */
export interface AddedFault {
  /** What `remove` and the admin endpoint know it by. */
  readonly id: string;
  /** A copy of what was added. */
  readonly fault: Fault;
  /** How many requests it has struck. */
  readonly struck: number;
  /** Ends it. */
  remove(): void;
}

interface Entry {
  readonly id: string;
  readonly fault: Fault;
  readonly matchesPath: (path: string) => boolean;
  seen: number;
  struck: number;
}

/** The faults that are in force. A request is struck by the first one that matches and still has strikes left. */
export class Faults {
  readonly #entries = new Map<string, Entry>();
  #lastId = 0;
  #release = createRelease();

  /** @throws TypeError if the fault makes no sense. */
  add(fault: Fault): AddedFault {
    checkFault(fault);
    this.#lastId += 1;
    const id = String(this.#lastId);
    const entry = { id, fault: { ...fault }, matchesPath: pathMatcher(fault.path ?? "*"), seen: 0, struck: 0 };
    this.#entries.set(id, entry);
    return this.#added(entry);
  }

  /** The faults in force, in the order in which they were added. */
  list(): readonly AddedFault[] {
    return [...this.#entries.values()].map((entry) => this.#added(entry));
  }

  /** Whether there was such a fault. */
  remove(id: string): boolean {
    return this.#entries.delete(id);
  }

  /** Ends all faults. */
  clear(): void {
    this.#entries.clear();
  }

  /** @internal Aborts when requests that are held have to be let go. */
  get released(): AbortSignal {
    return this.#release.signal;
  }

  /** @internal Removes all faults and lets the requests they hold go. */
  reset(): void {
    this.clear();
    this.#release.abort();
    this.#release = createRelease();
  }

  /** @internal The fault that strikes this request, if any. */
  strike(request: {
    readonly service: ServiceName;
    readonly method: string;
    readonly path: string;
  }): Fault | undefined {
    for (const entry of this.#entries.values()) {
      const { fault } = entry;
      if (fault.service !== undefined && fault.service !== request.service) continue;
      if (fault.method !== undefined && fault.method.toUpperCase() !== request.method) continue;
      if (!entry.matchesPath(request.path)) continue;
      entry.seen += 1;
      if (entry.seen <= (fault.after ?? 0) || entry.struck >= (fault.times ?? Number.POSITIVE_INFINITY)) continue;
      entry.struck += 1;
      return fault;
    }
    return undefined;
  }

  #added(entry: Entry): AddedFault {
    return {
      id: entry.id,
      fault: entry.fault,
      get struck() {
        return entry.struck;
      },
      remove: () => {
        this.remove(entry.id);
      },
    };
  }
}

/** Any number of requests may be held. */
function createRelease(): AbortController {
  const release = new AbortController();
  setMaxListeners(0, release.signal);
  return release;
}
