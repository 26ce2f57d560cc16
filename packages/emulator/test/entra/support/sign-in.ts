import { createHash } from "node:crypto";
import { defaultFixtures } from "../../../src/default-fixtures.js";

const { api, client } = defaultFixtures.applications;

export const codeVerifier = "a-code-verifier-of-at-least-forty-three-characters";
export const apiScope = `api://${api.clientId}/access_as_user`;
export const redirectUri = "http://localhost:3000";

/** The address of an authorization request by the fixture client; `undefined` leaves a parameter out. */
export function authorizeUrl(
  origin: string,
  changes: Record<string, string | undefined> = {},
  tenant = "home.example",
) {
  const parameters = {
    client_id: client.clientId,
    response_type: "code",
    redirect_uri: redirectUri,
    scope: `openid offline_access ${apiScope}`,
    state: "the state & more",
    code_challenge: createHash("sha256").update(codeVerifier).digest("base64url"),
    code_challenge_method: "S256",
    ...changes,
  };
  const url = new URL(`${origin}/${tenant}/oauth2/v2.0/authorize`);
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) url.searchParams.set(name, value);
  return url;
}

/** Answers the sign-in pages; `redirect` is where the browser is sent, if it is. */
export async function answer(url: URL, answers: Record<string, string>, headers: Record<string, string> = {}) {
  const response = await fetch(url, {
    method: "POST",
    body: new URLSearchParams(answers),
    headers,
    redirect: "manual",
  });
  const location = response.headers.get("location");
  return {
    status: response.status,
    page: await response.text(),
    cookie: response.headers.get("set-cookie")?.split(";")[0] ?? "",
    redirect: location === null ? undefined : new URL(location),
  };
}

export async function signIn(origin: string, user = "user-one", changes: Record<string, string | undefined> = {}) {
  const { redirect } = await answer(authorizeUrl(origin, changes), { user });
  const code = redirect?.searchParams.get("code");
  if (code == null) throw new Error(`No code came back: ${redirect}`);
  return code;
}

/** Posts to the token endpoint; the body is parsed JSON. */
export async function postToken(
  origin: string,
  parameters: Record<string, string | undefined>,
  { tenant = "home.example", headers = {} }: { tenant?: string; headers?: Record<string, string> } = {},
) {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) body.set(name, value);
  const response = await fetch(`${origin}/${tenant}/oauth2/v2.0/token`, { method: "POST", body, headers });
  const answered: unknown = await response.json();
  if (typeof answered !== "object" || answered === null)
    throw new Error("The token endpoint did not answer an object.");
  return { status: response.status, headers: response.headers, body: answered as Record<string, unknown> };
}

export function redeem(origin: string, code: string, changes: Record<string, string | undefined> = {}) {
  return postToken(origin, {
    grant_type: "authorization_code",
    client_id: client.clientId,
    code,
    redirect_uri: redirectUri,
    code_verifier: codeVerifier,
    ...changes,
  });
}
