/** How much is measured. */
export interface Intensity {
  readonly rounds: number;
  /** How long all rounds may take together: the last ones are left out on a slow or busy machine. */
  readonly roundsInMs: number;
  /** Users in rotation. */
  readonly users: number;
  /** Users who join in one measurement. */
  readonly joining: number;
  /** Requests in sequence against the emulator. */
  readonly inSequence: number;
  /** How long a fresh server is under load before anything is measured, so that its code is compiled. */
  readonly compiledInMs: number;
  /** How long each load runs before it is measured. */
  readonly warmUpInMs: number;
  readonly measuredInMs: number;
  /** Fresh processes per start and import. */
  readonly starts: number;
  /** CPU time per verifier and round. */
  readonly verificationInMs: number;
  readonly held: readonly number[];
}

export const FULL: Intensity = {
  rounds: 3,
  roundsInMs: 480_000,
  users: 1_000,
  joining: 100,
  inSequence: 5,
  compiledInMs: 3_500,
  warmUpInMs: 800,
  measuredInMs: 1_500,
  starts: 7,
  verificationInMs: 1_000,
  held: [1_000, 10_000, 100_000, 1_000_000],
};

export const QUICK: Intensity = {
  rounds: 1,
  roundsInMs: 90_000,
  users: 100,
  joining: 50,
  inSequence: 2,
  compiledInMs: 1_000,
  warmUpInMs: 300,
  measuredInMs: 700,
  starts: 3,
  verificationInMs: 300,
  held: [1_000, 10_000],
};

/** Users who come before those who are measured, so that servers are compiled and connected. */
export const WARM_UP_USERS = 50;
