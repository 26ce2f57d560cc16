import { signal } from "@preact/signals";
import type { EmulatorInfo } from "../../../src/admin/info.js";
import { act } from "../data/actions.js";
import { emulatorData } from "../data/emulator-data.js";
import { type PendingSignIn, takePending } from "./pending.js";
import { redirectUri } from "./start.js";

/** What a finished sign-in has brought. */
export interface SignedIn {
  readonly user: string;
  readonly application: string;
  readonly scope: string;
  readonly accessToken: string;
  readonly idToken: string;
  readonly expiresInSeconds: number;
}

export const signedIn = signal<SignedIn | undefined>(undefined);

/** Goes on where {@link startSignIn} left off, if the browser has just come back from there. */
export async function finishSignIn(): Promise<void> {
  const answer = new URLSearchParams(location.hash.slice(1));
  if (!answer.has("state")) return;
  location.replace("#/users");
  await act("Signed in.", async () => {
    const pending = takePending();
    if (!pending || pending.state !== answer.get("state")) throw new Error("This sign-in was not started here.");
    const code = answer.get("code");
    if (code === null) throw new Error(answer.get("error_description") ?? "Entra ID answered without a code.");
    const info = emulatorData.value?.info;
    if (!info) throw new Error("The emulator cannot be reached.");
    signedIn.value = await redeem(code, pending, info);
  });
}

async function redeem(code: string, pending: PendingSignIn, info: EmulatorInfo): Promise<SignedIn> {
  const { user, application, scope, codeVerifier, tenantId } = pending;
  const { clientId = "", clientSecret } = info.fixtures.applications[application] ?? {};
  const response = await fetch(`${info.services.entra}/${tenantId}/oauth2/v2.0/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "authorization_code",
      client_id: clientId,
      code,
      redirect_uri: redirectUri,
      code_verifier: codeVerifier,
      scope,
      ...(clientSecret !== undefined && { client_secret: clientSecret }),
    }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error_description);
  return {
    user,
    application,
    scope: answer.scope,
    accessToken: answer.access_token,
    idToken: answer.id_token,
    expiresInSeconds: answer.expires_in,
  };
}
