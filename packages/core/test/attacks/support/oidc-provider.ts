import { createHash, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWK } from "jose";
import Provider, { type ClientMetadata, type Configuration } from "oidc-provider";

export const AUDIENCE = "https://api.example";

const REDIRECT_URI = "http://127.0.0.1/callback";
const ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"] as const;
export type Algorithm = (typeof ALGORITHMS)[number];

const CLIENTS: ClientMetadata[] = [
  {
    client_id: "app",
    application_type: "native",
    token_endpoint_auth_method: "none",
    redirect_uris: [REDIRECT_URI],
    grant_types: ["authorization_code"],
    response_types: ["code"],
  },
  {
    client_id: "daemon",
    client_secret: "secret-of-the-daemon",
    redirect_uris: [],
    grant_types: ["client_credentials"],
    response_types: [],
  },
];

export interface Tokens {
  readonly access_token: string;
  readonly id_token?: string;
}

/** oidc-provider on this machine, where everybody signs in without a page. */
export interface RunningProvider {
  readonly issuer: string;
  /** The access tokens of the API are signed so. */
  algorithm: Algorithm;
  /** Takes new keys in place of all that are published. */
  rotate(): Promise<void>;
  /** The authorization code flow with PKCE, as a native application runs it. */
  signIn(userId: string, resource?: string): Promise<Tokens>;
  clientCredentials(): Promise<Tokens>;
  close(): Promise<void>;
}

export async function startProvider(): Promise<RunningProvider> {
  let provider: Provider;
  const server = createServer(async (request, response) => {
    if (request.url?.startsWith("/interaction/")) await signInAtOnce(provider, request, response);
    else await provider.callback()(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const running: RunningProvider = {
    issuer,
    algorithm: "RS256",
    async rotate() {
      const keys = await Promise.all(ALGORITHMS.map(createKey));
      provider = new Provider(
        issuer,
        configuration(keys, () => running.algorithm),
      );
    },
    signIn: (userId, resource = AUDIENCE) => signIn(issuer, userId, resource),
    clientCredentials: () =>
      askForTokens(issuer, {
        grant_type: "client_credentials",
        client_id: "daemon",
        client_secret: "secret-of-the-daemon",
        scope: "calls",
        resource: AUDIENCE,
      }),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  await running.rotate();
  return running;
}

async function createKey(alg: Algorithm): Promise<JWK> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  return { ...(await exportJWK(privateKey)), alg, use: "sig", kid: `${alg}-${randomBytes(4).toString("hex")}` };
}

function configuration(keys: JWK[], algorithm: () => Algorithm): Configuration {
  return {
    clients: CLIENTS,
    jwks: { keys },
    ttl: { Interaction: 60, Grant: 60, Session: 60, AccessToken: 600, IdToken: 600, ClientCredentials: 600 },
    cookies: { keys: ["cookie-key"] },
    findAccount: (_context, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_context, resource) => ({
          scope: "calls",
          audience: resource,
          accessTokenFormat: "jwt",
          jwt: { sign: { alg: algorithm() } },
        }),
      },
    },
  };
}

/** Signs in whoever `login_hint` names, and consents to everything asked for. */
async function signInAtOnce(
  provider: Provider,
  ...exchange: Parameters<Provider["interactionDetails"]>
): Promise<void> {
  const { params } = await provider.interactionDetails(...exchange);
  const accountId = String(params["login_hint"]);
  const grant = new provider.Grant({ accountId, clientId: "app" });
  grant.addOIDCScope("openid");
  grant.addResourceScope(String(params["resource"]), "calls");
  await provider.interactionFinished(...exchange, { login: { accountId }, consent: { grantId: await grant.save() } });
}

async function signIn(issuer: string, userId: string, resource: string): Promise<Tokens> {
  const verifier = randomBytes(32).toString("base64url");
  const url = new URL(`${issuer}/auth`);
  url.search = new URLSearchParams({
    client_id: "app",
    response_type: "code",
    redirect_uri: REDIRECT_URI,
    scope: "openid calls",
    resource,
    login_hint: userId,
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
  }).toString();
  const code = (await followRedirects(url)).searchParams.get("code") ?? "";
  return askForTokens(issuer, {
    grant_type: "authorization_code",
    client_id: "app",
    redirect_uri: REDIRECT_URI,
    code,
    code_verifier: verifier,
    resource,
  });
}

/** A browser's part: cookies and redirects, up to the application's own address. */
async function followRedirects(start: URL): Promise<URL> {
  const cookies = new Map<string, string>();
  let url = start;
  for (let hops = 0; !url.href.startsWith(REDIRECT_URI); hops++) {
    if (hops > 10) throw new Error("The sign-in does not come to an end.");
    const headers = { cookie: [...cookies].map((pair) => pair.join("=")).join("; ") };
    const response = await fetch(url, { redirect: "manual", headers });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get("location");
    if (location === null)
      throw new Error(`${url.pathname} answered with ${response.status}: ${await response.text()}`);
    url = new URL(location, url);
  }
  return url;
}

async function askForTokens(issuer: string, parameters: Readonly<Record<string, string>>): Promise<Tokens> {
  const response = await fetch(`${issuer}/token`, { method: "POST", body: new URLSearchParams(parameters) });
  if (!response.ok) throw new Error(await response.text());
  return response.json() as Promise<Tokens>;
}
