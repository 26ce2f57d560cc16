import type { BenchUser } from "../upstream/upstream.js";

/** One request of a user, and the status it has to be answered with. */
export interface Step {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly status: number;
  /** Sends the user's Teams token along. */
  readonly withTeamsToken?: boolean;
}

/** Users who do the same steps, spread over connections that each go through their users in turn. */
export interface Load {
  readonly url: string;
  readonly connections: number;
  readonly users: readonly BenchUser[];
  readonly steps: readonly Step[];
}

/** What came of a load. A journey is all the steps of one user. */
export interface LoadResult {
  /** Journeys completed in the time that counts. */
  readonly journeys: number;
  /** Requests sent since the load began, whether or not their answers were awaited. */
  readonly sent: number;
  readonly seconds: number;
  readonly p50: number;
  readonly p97_5: number;
  readonly p99: number;
  /** Requests that were answered otherwise than expected, or not at all, by what became of them. */
  readonly failures: Readonly<Record<string, number>>;
}

/** The load generator in a process of its own. */
export type LoadOperations = {
  /** Sends every user's steps once. */
  once(load: Load): Promise<LoadResult>;
  /** Sends the users' steps over and over until `end`. */
  begin(load: Load): void;
  /** What is answered from now on counts. */
  mark(): void;
  end(): Promise<LoadResult>;
};
