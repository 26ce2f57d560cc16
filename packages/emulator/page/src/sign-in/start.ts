import type { EmulatorInfo } from "../../../src/admin/info.js";
import type { SignInChoice } from "./choices.js";
import { keepPending } from "./pending.js";

/** Where Entra ID sends the browser back to. */
export const redirectUri = `${location.origin}/`;

/**
 * Leaves for the sign-in of Entra ID (authorization code with PKCE), as an application would, with the user already
 * chosen. Second factors and consents that are missing are asked for there.
 */
export async function startSignIn(userName: string, choice: SignInChoice, info: EmulatorInfo): Promise<void> {
  const { users, tenants, applications } = info.fixtures;
  const user = users[userName];
  const tenantId = tenants[user?.tenant ?? ""]?.id;
  const clientId = applications[choice.application]?.clientId;
  if (!user || tenantId === undefined || clientId === undefined) throw new TypeError("There is no such fixture.");

  const codeVerifier = randomText();
  const state = randomText();
  const scope = ["openid", "profile", ...choice.scopes].join(" ");
  keepPending({ state, codeVerifier, user: userName, application: choice.application, tenantId, scope });

  const url = new URL(`${info.services.entra}/${tenantId}/oauth2/v2.0/authorize`);
  url.search = new URLSearchParams({
    client_id: clientId,
    response_type: "code",
    response_mode: "fragment",
    redirect_uri: redirectUri,
    scope,
    state,
    code_challenge: await challengeOf(codeVerifier),
    code_challenge_method: "S256",
    login_hint: user.userPrincipalName,
  }).toString();
  post(url, { user: userName });
}

function post(url: URL, fields: Readonly<Record<string, string>>): void {
  const form = Object.assign(document.createElement("form"), { method: "post", action: url.href });
  for (const [name, value] of Object.entries(fields)) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  document.body.append(form);
  form.submit();
}

function randomText(): string {
  return base64url(crypto.getRandomValues(new Uint8Array(32)));
}

async function challengeOf(codeVerifier: string): Promise<string> {
  return base64url(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(codeVerifier))));
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
