import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OidcTokenVerifier, type OidcTokenVerifierOptions } from "../../src/index.js";
import { KeyServer } from "./support/key-server.js";
import { expectRefusal } from "./support/refusal.js";

const METADATA = "/.well-known/openid-configuration";
const ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA", "Ed25519", "RS384", "ES384"] as const;
type Algorithm = (typeof ALGORITHMS)[number];

const pairs = new Map<Algorithm, Awaited<ReturnType<typeof generateKeyPair>>>();
let server: KeyServer;
beforeAll(async () => {
  server = await KeyServer.start();
  for (const algorithm of ALGORITHMS) pairs.set(algorithm, await generateKeyPair(algorithm, { extractable: true }));
  const keys = await Promise.all(
    [...pairs].map(async ([kid, { publicKey }]) => ({ ...(await exportJWK(publicKey)), kid, use: "sig" })),
  );
  server.documents.set(METADATA, () => ({ issuer: server.url, jwks_uri: `${server.url}/keys` }));
  server.documents.set("/keys", () => ({ keys }));
});
afterAll(() => server.close());

function verifier(options: Partial<OidcTokenVerifierOptions> = {}): OidcTokenVerifier {
  return new OidcTokenVerifier({ issuer: server.url, audience: "https://api.example", ...options });
}

interface Minted {
  readonly algorithm?: Algorithm;
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
}

async function mint({ algorithm = "RS256", claims = {}, header = {} }: Minted = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const all = {
    iss: server.url,
    aud: ["https://other.example", "https://api.example"],
    sub: "auth|user-one",
    scope: "openid calls",
    client_id: "client-one",
    iat: now,
    exp: now + 600,
    ...claims,
  };
  const key = pairs.get(algorithm)?.privateKey;
  if (!key) throw new Error("No such key.");
  return new SignJWT(all).setProtectedHeader({ alg: algorithm, kid: algorithm, typ: "at+jwt", ...header }).sign(key);
}

describe("OidcTokenVerifier", () => {
  it("names the user by issuer and subject", async () => {
    const token = await mint();
    expect(await verifier().verify(token)).toMatchObject({
      tenantId: server.url,
      objectId: "auth|user-one",
      accessToken: token,
      scopes: ["openid", "calls"],
      clientId: "client-one",
    });
  });

  it.each(["RS256", "PS256", "ES256", "EdDSA", "Ed25519"] as const)("accepts %s", async (algorithm) => {
    await verifier().verify(await mint({ algorithm }));
  });

  it.each(["RS384", "ES384"] as const)("accepts %s only where it is configured", async (algorithm) => {
    const token = await mint({ algorithm });
    await expectRefusal(verifier().verify(token), "invalid_token", "algorithm_not_allowed");
    await verifier({ algorithms: [algorithm] }).verify(token);
  });

  it("verifies with a key of the algorithm's own type", async () => {
    const token = await mint({ algorithm: "ES256", header: { kid: "RS256" } });
    await expectRefusal(verifier().verify(token), "invalid_token", "unknown_key");
  });

  it("can name the user and the scopes by other claims", async () => {
    const token = await mint({ claims: { sub: undefined, Uid: "user-one", scope: undefined, scp: ["calls", "chat"] } });
    const user = await verifier({ userClaim: "Uid", scopeClaim: "scp", requiredScopes: ["chat"] }).verify(token);
    expect(user).toMatchObject({ objectId: "user-one", scopes: ["calls", "chat"] });
  });

  it("takes the authorized party for the client where there is one", async () => {
    const chosen = verifier({ authorizedClientIds: ["client-two"] });
    expect((await chosen.verify(await mint({ claims: { azp: "client-two" } }))).clientId).toBe("client-two");
    const withOddClientId = await mint({ claims: { azp: "client-two", client_id: 5 } });
    expect((await chosen.verify(withOddClientId)).clientId).toBe("client-two");
    await expectRefusal(chosen.verify(await mint()), "invalid_token", "client_not_allowed");
  });

  it("can use metadata elsewhere", async () => {
    server.documents.set("/elsewhere", () => ({ issuer: server.url, jwks_uri: `${server.url}/keys` }));
    server.requests.length = 0;
    await verifier({ metadataUrl: `${server.url}/elsewhere` }).verify(await mint());
    expect(server.requests).toEqual(["/elsewhere", "/keys"]);
  });

  it("finds the metadata below an issuer with a path", async () => {
    const issuer = `${server.url}/realms/one/`;
    server.documents.set(`/realms/one${METADATA}`, () => ({ issuer, jwks_uri: `${server.url}/keys` }));
    await verifier({ issuer }).verify(await mint({ claims: { iss: issuer } }));
    await expectRefusal(verifier({ issuer }).verify(await mint()), "invalid_token", "issuer_mismatch");
  });

  it("does not trust metadata of another issuer", async () => {
    server.documents.set("/wrong", () => ({ issuer: "https://issuer.example", jwks_uri: `${server.url}/keys` }));
    const misled = verifier({ metadataUrl: `${server.url}/wrong` });
    await expectRefusal(misled.verify(await mint()), "key_server_unavailable");
  });

  it.each<readonly [string, Minted, string, string]>([
    ["an ID token's missing scope", { claims: { scope: undefined } }, "insufficient_scope", "missing_scope"],
    ["an empty scope list", { claims: { scope: [] } }, "insufficient_scope", "missing_scope"],
    ["scopes that are no strings", { claims: { scope: [1] } }, "invalid_token", "invalid_claim"],
    ["a client's own token", { claims: { sub: "client-one" } }, "insufficient_scope", "app_only"],
    ["another issuer", { claims: { iss: "https://issuer.example" } }, "invalid_token", "issuer_mismatch"],
    ["another audience", { claims: { aud: "https://other.example" } }, "invalid_token", "audience_mismatch"],
    ["no subject", { claims: { sub: undefined } }, "invalid_token", "missing_claim"],
    ["an empty subject", { claims: { sub: "" } }, "invalid_token", "invalid_claim"],
    ["an endless subject", { claims: { sub: "s".repeat(1025) } }, "invalid_token", "invalid_claim"],
    ["two subjects", { claims: { Sub: "auth|user-two" } }, "invalid_token", "ambiguous_claim"],
    ["no exp", { claims: { exp: undefined } }, "invalid_token", "missing_claim"],
    ["no iat", { claims: { iat: undefined } }, "invalid_token", "missing_claim"],
    ["an expired token", { claims: { exp: 1 } }, "invalid_token", "expired"],
    ["a token for later", { claims: { nbf: Date.now() / 1000 + 600 } }, "invalid_token", "not_yet_valid"],
    ["an unknown key", { header: { kid: "key-of-nobody" } }, "invalid_token", "unknown_key"],
    ["a logout token", { header: { typ: "logout+jwt" } }, "invalid_token", "unsupported_type"],
  ])("refuses %s", async (_name, minted, code, reason) => {
    await expectRefusal(verifier().verify(await mint(minted)), code, reason);
  });

  it("needs all scopes required of it or of the call", async () => {
    const token = await mint();
    await verifier({ requiredScopes: ["calls"] }).verify(token);
    await expectRefusal(
      verifier({ requiredScopes: ["calls", "chat"] }).verify(token),
      "insufficient_scope",
      "missing_scope",
    );
    await expectRefusal(verifier().verify(token, { requiredScopes: ["chat"] }), "insufficient_scope", "missing_scope");
  });
});
