import type { AzureCommunicationTokenCredential } from "@azure/communication-common";
import { withAbortSignal } from "../errors/aborted.js";
import type { AcsTokenCredentialOptions } from "./options.js";
import { ServerTokenCredential } from "./server-token-credential.js";
import { TokenRefresher } from "./token-refresher.js";
import { tokenSource } from "./token-source.js";

/**
 * Makes the credential that the chat and calling SDKs take, with its tokens from a server with `@acs-auth/http`.
 *
 * The first token is fetched before the promise resolves. From then on the credential refreshes itself 10 minutes before
 * the token runs out, one refresh at a time. A failed refresh never becomes an unhandled rejection. Failures that can pass
 * are tried again with growing, random delays, not before the server's `Retry-After`; in the meantime the last token is
 * handed out, and once it has run out `getToken()` tries at once and rejects with the failure.
 *
 * Its timer keeps a Node process alive: `dispose()` of it when it is no longer needed. That aborts a refresh under way;
 * nothing is sent any more.
 *
 * @throws TypeError that names an option which is missing or makes no sense; AcsAuthError if the first token cannot be had.
 */
export async function createAcsTokenCredential(
  options: AcsTokenCredentialOptions,
): Promise<AzureCommunicationTokenCredential> {
  const source = tokenSource(options);
  const firstToken = await withAbortSignal(options.abortSignal, (abortSignal) => source({ renew: false, abortSignal }));
  return new ServerTokenCredential(new TokenRefresher(source, options, firstToken));
}
