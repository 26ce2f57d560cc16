import { EventEmitter, once } from "node:events";
import type { Fault } from "./faults.js";
import type { ServiceName } from "./request-counters.js";

/** The readable part of a request or a response; secrets are shortened. */
export interface LoggedMessage {
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** At most its first 8 KiB. Absent if there is none or the service did not read it. */
  readonly body?: string;
  /** Whether the body went on beyond what is shown. */
  readonly bodyIsCut?: boolean;
}

export interface LoggedResponse extends LoggedMessage {
  readonly status: number;
}

/** One request and what became of it, ready for JSON. */
export interface LoggedRequest {
  readonly id: number;
  /** When it arrived, ISO 8601. */
  readonly time: string;
  readonly service: ServiceName;
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly request: LoggedMessage;
  /** What struck it, if anything. */
  readonly fault?: Fault;
  /** Absent while it is being handled. */
  readonly durationInMs?: number;
  /** Absent while it is being handled, and if the connection was cut in place of an answer. */
  readonly response?: LoggedResponse;
}

/** What has changed in the log since an earlier reading. */
export interface LogChanges {
  /** Grows when the log is cleared: what was read before is void. */
  readonly generation: number;
  /** New entries and those that changed. */
  readonly entries: readonly LoggedRequest[];
  /** Where the next reading goes on. */
  readonly cursor: number;
}

const defaultCapacity = 500;

/** The newest requests, each without its secrets. */
export class RequestLog {
  readonly #capacity: number;
  readonly #events = new EventEmitter<{ change: [] }>().setMaxListeners(0);
  readonly #entries = new Map<number, { readonly entry: LoggedRequest; readonly changedAt: number }>();
  #lastId = 0;
  #changes = 0;
  #generation = 0;

  constructor(capacity = defaultCapacity) {
    this.#capacity = capacity;
  }

  add(request: Omit<LoggedRequest, "id">): LoggedRequest {
    this.#lastId += 1;
    const entry = { id: this.#lastId, ...request };
    this.#set(entry);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > this.#capacity && oldest !== undefined) this.#entries.delete(oldest);
    return entry;
  }

  /** Nothing happens if the entry is no longer there. */
  replace(entry: LoggedRequest): void {
    if (this.#entries.has(entry.id)) this.#set(entry);
  }

  /** Oldest first. */
  list(): readonly LoggedRequest[] {
    return [...this.#entries.values()].map(({ entry }) => entry);
  }

  since(cursor: number): LogChanges {
    const entries = [...this.#entries.values()].filter(({ changedAt }) => changedAt > cursor).map(({ entry }) => entry);
    return { generation: this.#generation, entries, cursor: this.#changes };
  }

  /** Resolves as soon as there is something after the cursor; rejects if the signal aborts. */
  async changed(cursor: number, signal: AbortSignal): Promise<void> {
    if (this.#changes <= cursor) await once(this.#events, "change", { signal });
  }

  clear(): void {
    this.#entries.clear();
    this.#generation += 1;
    this.#change();
  }

  #set(entry: LoggedRequest): void {
    this.#change();
    this.#entries.set(entry.id, { entry, changedAt: this.#changes });
  }

  #change(): void {
    this.#changes += 1;
    this.#events.emit("change");
  }
}
