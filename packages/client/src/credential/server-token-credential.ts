import { AzureCommunicationTokenCredential, type CommunicationGetTokenOptions } from "@azure/communication-common";
import { throwIfAborted, untilAborted } from "../errors/aborted.js";
import { AcsAuthError } from "../errors/acs-auth-error.js";
import type { TokenRefresher } from "./token-refresher.js";

type AccessToken = Awaited<ReturnType<AzureCommunicationTokenCredential["getToken"]>>;

/** The SDK's credential in its proactive mode, with failures that reach those who wait and nobody else. */
export class ServerTokenCredential extends AzureCommunicationTokenCredential {
  readonly #refresher: TokenRefresher;
  #disposed = false;

  constructor(refresher: TokenRefresher) {
    super({ tokenRefresher: () => refresher.refresh(), token: refresher.lastToken.token, refreshProactively: true });
    this.#refresher = refresher;
  }

  override async getToken({ abortSignal }: CommunicationGetTokenOptions = {}): Promise<AccessToken> {
    throwIfAborted(abortSignal);
    if (this.#refresher.hasRunOut && !this.#disposed) {
      const outcome = this.#refresher.nextOutcome();
      // Makes the SDK begin a refresh, without the signal: the refresh is everybody's.
      if (!this.#refresher.isRefreshing) super.getToken().catch(() => {});
      await untilAborted(outcome, abortSignal);
    }
    if (this.#disposed) throw disposed();
    // The SDK takes a new token in only after `onRefreshed`.
    const { token, expiresOn } = this.#refresher.lastToken;
    return { token, expiresOnTimestamp: expiresOn.getTime() };
  }

  override dispose(): void {
    this.#disposed = true;
    super.dispose();
    this.#refresher.dispose(disposed());
  }
}

function disposed(): AcsAuthError {
  return new AcsAuthError("disposed", "The credential was disposed.");
}
