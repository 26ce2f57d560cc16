import { CommunicationError, type ErrorAnswer } from "./communication-error.js";

/** The operations that are limited separately. */
export type Operation =
  | "createIdentity"
  | "createIdentityAndToken"
  | "issueToken"
  | "revokeTokens"
  | "deleteIdentity"
  | "exchangeTeamsToken";

/** Requests allowed per 30 seconds; an operation without a number is not limited. */
export type RateLimits = Readonly<Partial<Record<Operation, number>>>;

/** The limits of the real service, after "Service limits for Azure Communication Services". */
export const documentedRateLimits: Required<RateLimits> = {
  createIdentity: 1000,
  createIdentityAndToken: 1000,
  issueToken: 1000,
  revokeTokens: 500,
  deleteIdentity: 500,
  exchangeTeamsToken: 500,
};

const windowInMs = 30_000;

export interface RateLimiterOptions {
  readonly limits: RateLimits;
  readonly answer: ErrorAnswer;
  readonly retryAfter: boolean;
  readonly now: () => number;
}

/** Counts requests in windows of 30 seconds. Refused requests count too, as the real service warns. */
export class RateLimiter {
  readonly #options: RateLimiterOptions;
  readonly #windows = new Map<Operation, { readonly end: number; count: number }>();

  constructor(options: RateLimiterOptions) {
    this.#options = options;
  }

  /** @throws CommunicationError beyond the limit. */
  admit(operation: Operation): void {
    const { limits, answer, retryAfter } = this.#options;
    const limit = limits[operation];
    if (limit === undefined) return;
    const now = this.#options.now();
    let window = this.#windows.get(operation);
    if (!window || window.end <= now) {
      window = { end: now + windowInMs, count: 0 };
      this.#windows.set(operation, window);
    }
    window.count += 1;
    if (window.count <= limit) return;
    const seconds = Math.ceil((window.end - now) / 1000);
    throw new CommunicationError(answer, retryAfter ? { "Retry-After": String(seconds) } : {});
  }

  reset(): void {
    this.#windows.clear();
  }
}
