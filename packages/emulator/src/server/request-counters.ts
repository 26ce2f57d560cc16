/** A service of the emulator whose requests are counted and can be made to fail. */
export type ServiceName = "entra" | "communication" | "graph";

export const serviceNames: readonly ServiceName[] = ["entra", "communication", "graph"];

/** How many requests one route has received. */
export interface RequestCount {
  /** The service that the route belongs to. */
  readonly service: ServiceName;
  /** Method and path pattern, such as `POST /identities/{id}/:issueAccessToken`; the path is `(no route)` if unknown. */
  readonly route: string;
  /** Since the start or the last `clear`, those that failed included. */
  readonly count: number;
}

/** Counts every request that arrives, whatever becomes of it. */
export class RequestCounters {
  readonly #counts = new Map<string, RequestCount>();

  /** The number of requests received, all of them or those of a service or a route. */
  count(filter: { readonly service?: ServiceName; readonly route?: string } = {}): number {
    return this.list()
      .filter(({ service }) => filter.service === undefined || service === filter.service)
      .filter(({ route }) => filter.route === undefined || route === filter.route)
      .reduce((total, { count }) => total + count, 0);
  }

  /** All counters that are not zero. */
  list(): readonly RequestCount[] {
    return [...this.#counts.values()];
  }

  /** Sets all counters to zero. */
  clear(): void {
    this.#counts.clear();
  }

  /** @internal */
  add(service: ServiceName, route: string): void {
    const key = `${service} ${route}`;
    this.#counts.set(key, { service, route, count: (this.#counts.get(key)?.count ?? 0) + 1 });
  }
}
