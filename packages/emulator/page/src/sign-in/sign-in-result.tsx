import type { EmulatorInfo } from "../../../src/admin/info.js";
import { CopyButton } from "../components/copy-button.js";
import { signedIn } from "./finish.js";

/** What the last sign-in has brought, if there was one. */
export function SignInResult({ info }: { readonly info: EmulatorInfo }) {
  const result = signedIn.value;
  if (!result) return null;
  const { users, applications } = info.fixtures;
  const { accessToken, idToken } = result;
  return (
    <section class="block signed-in" aria-labelledby="signed-in">
      <h2 id="signed-in">Signed in as {users[result.user]?.displayName ?? result.user}</h2>
      <p>
        {applications[result.application]?.displayName ?? result.application} got an access token for{" "}
        {Math.round(result.expiresInSeconds / 60)} minutes. Until the sessions are revoked, other applications in this
        browser sign this user in without asking.
      </p>
      <div class="actions">
        <CopyButton what="the access token" label="Copy the access token" text={accessToken} />
        <CopyButton what="the ID token" label="Copy the ID token" text={idToken} />
        <button
          type="button"
          class="small"
          onClick={() => {
            signedIn.value = undefined;
          }}
        >
          Close
        </button>
      </div>
      <details>
        <summary>Claims of the access token</summary>
        <pre>{JSON.stringify(claimsOf(accessToken), undefined, 2)}</pre>
      </details>
    </section>
  );
}

function claimsOf(token: string): unknown {
  const payload = token.split(".")[1] ?? "";
  const bytes = Uint8Array.from(atob(payload.replaceAll("-", "+").replaceAll("_", "/")), (character) =>
    character.charCodeAt(0),
  );
  return JSON.parse(new TextDecoder().decode(bytes));
}
