import { logger } from "../diagnostics.js";
import { AcsAuthError } from "../errors/acs-auth-error.js";
import { canPass } from "../http/call-server.js";
import type { AcsToken } from "../http/replies.js";
import { backOffInMs, wait } from "../wait.js";
import type { RefreshEvents } from "./options.js";
import type { TokenSource } from "./token-source.js";

const BACK_OFF_IN_MS = { base: 30_000, max: 300_000 };

interface Waiter {
  resolve(): void;
  reject(error: AcsAuthError): void;
}

/** The time between a failed try and the next. */
interface Rest {
  readonly error: AcsAuthError;
  /** Until when the server does not want to be asked. */
  readonly notBefore: number;
  end(): void;
}

/**
 * Keeps a credential in tokens. One refresh is under way at a time, and it goes on until it has a token: a failed try is
 * followed by a rest and another try. Who waits for a token learns of the failure at once.
 */
export class TokenRefresher {
  readonly #source: TokenSource;
  readonly #events: RefreshEvents;
  readonly #disposal = new AbortController();
  #lastToken: AcsToken;
  #refreshing = false;
  #waiters: Waiter[] = [];
  #rest: Rest | undefined;

  constructor(source: TokenSource, events: RefreshEvents, firstToken: AcsToken) {
    this.#source = source;
    this.#events = events;
    this.#lastToken = firstToken;
  }

  get lastToken(): AcsToken {
    return this.#lastToken;
  }

  /** Whether the last token is of no more use. */
  get hasRunOut(): boolean {
    return this.#lastToken.expiresOn.getTime() <= Date.now();
  }

  get isRefreshing(): boolean {
    return this.#refreshing;
  }

  /**
   * Resolves with a new token. Never rejects: the SDK's timer, which calls this through the credential, has nobody to
   * handle a rejection. After disposal it does not settle any more.
   */
  async refresh(): Promise<string> {
    const { signal } = this.#disposal;
    this.#refreshing = true;
    for (let failures = 0; !signal.aborted; failures += 1) {
      try {
        const token = await this.#source({ renew: true, abortSignal: signal });
        this.#succeed(token);
        return token.token;
      } catch (error) {
        if (signal.aborted) break;
        await this.#fail(AcsAuthError.is(error) ? error : unexpected(error), failures);
      }
    }
    return new Promise(() => {});
  }

  /**
   * Resolves when the refresh under way has a token; rejects when its try fails. A refresh at rest tries at once, if the
   * server allows.
   */
  nextOutcome(): Promise<void> {
    const rest = this.#rest;
    if (rest && Date.now() < rest.notBefore) return Promise.reject(rest.error);
    rest?.end();
    return new Promise((resolve, reject) => this.#waiters.push({ resolve, reject }));
  }

  /** Aborts the refresh under way. Nothing is sent any more. */
  dispose(reason: AcsAuthError): void {
    this.#disposal.abort();
    this.#rest?.end();
    for (const waiter of this.#takeWaiters()) waiter.reject(reason);
  }

  #succeed(token: AcsToken): void {
    this.#refreshing = false;
    this.#lastToken = token;
    logger.info("A token was refreshed.");
    for (const waiter of this.#takeWaiters()) waiter.resolve();
    notify(() => this.#events.onRefreshed?.({ expiresOn: token.expiresOn }));
  }

  /** Reports a failure and rests until the next try. */
  async #fail(error: AcsAuthError, failures: number): Promise<void> {
    const { code, statusCode = "-", retryAfterInMs = 0 } = error;
    const passes = canPass(error) || code === "sign_in_failed";
    const retryInMs = passes ? retryAfterInMs + backOffInMs(failures, BACK_OFF_IN_MS) : undefined;
    const { over, end } = wait(retryInMs);
    this.#rest = { error, notBefore: Date.now() + retryAfterInMs, end };
    logger.warning(`A refresh failed: ${code}, status ${statusCode}, next try in ${retryInMs?.toFixed() ?? "-"} ms.`);
    for (const waiter of this.#takeWaiters()) waiter.reject(error);
    notify(() => this.#events.onRefreshFailed?.(error, { retryInMs }));
    await over;
    this.#rest = undefined;
  }

  #takeWaiters(): readonly Waiter[] {
    const waiters = this.#waiters;
    this.#waiters = [];
    return waiters;
  }
}

function unexpected(cause: unknown): AcsAuthError {
  return new AcsAuthError("invalid_response", "The server's answer could not be used.", { cause });
}

/** What an application's listener throws is its own business. */
function notify(listener: () => void): void {
  try {
    listener();
  } catch {
    logger.error("A listener of the credential threw.");
  }
}
