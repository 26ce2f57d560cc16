import type { RemoteProcess } from "../processes/remote-process.js";

export const SERVICES = ["entra", "graph", "communication"] as const;
export type Service = (typeof SERVICES)[number];

/** How many requests each service has received. */
export type Counts = Readonly<Record<Service, number>>;

/** How long each service takes to answer, in milliseconds. */
export type Delays = Readonly<Record<Service, number>>;

/** The delays that Microsoft's sample was measured with before this project. */
export const SAMPLE_DELAYS: Delays = { entra: 60, graph: 80, communication: 40 };
export const NO_DELAYS: Delays = { entra: 0, graph: 0, communication: 0 };

/** What a server needs to know of the services it calls and of its own registration. */
export interface Settings {
  readonly entraUrl: string;
  readonly graphUrl: string;
  readonly connectionString: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The application that the Teams users' tokens were issued to. */
  readonly teamsClientId: string;
}

/** A signed-in user. */
export interface BenchUser {
  readonly objectId: string;
  readonly accessToken: string;
  readonly teamsUserAadToken: string;
}

/** Entra ID, Graph and ACS in a process of their own. */
export type UpstreamOperations = {
  start(userCount: number, certificates: string): Promise<Settings>;
  users(): Promise<BenchUser[]>;
  setDelays(delays: Delays): void;
  counts(): Counts;
  /** Forgets the mappings of all users from this one on. */
  forgetUsersFrom(index: number): void;
};

export type Upstream = RemoteProcess<UpstreamOperations>;
