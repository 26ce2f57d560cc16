import { OAuth2Server } from "oauth2-mock-server";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { OidcTokenVerifier, type OidcTokenVerifierOptions } from "../../src/index.js";
import { expectRefusal } from "../verification/support/refusal.js";

const AUDIENCE = "https://api.example";

let server: OAuth2Server;
let issuer: string;
beforeEach(async () => {
  server = new OAuth2Server();
  await server.issuer.keys.generate("RS256");
  await server.start(0, "localhost");
  issuer = server.issuer.url ?? "";
});
afterEach(() => server.stop());

function verifier(options: Partial<OidcTokenVerifierOptions> = {}): OidcTokenVerifier {
  return new OidcTokenVerifier({
    issuer,
    audience: AUDIENCE,
    allowInsecureLoopback: true,
    keys: { cooldownInMs: 0 },
    ...options,
  });
}

interface Tokens {
  readonly access_token: string;
  readonly id_token?: string;
}

async function askForTokens(parameters: Readonly<Record<string, string>>): Promise<Tokens> {
  const response = await fetch(`${issuer}/token`, { method: "POST", body: new URLSearchParams(parameters) });
  return response.json() as Promise<Tokens>;
}

/** Adds to the next access token what this server leaves to its user. */
async function signIn(claims: Readonly<Record<string, unknown>> = {}): Promise<Tokens> {
  server.service.once("beforeTokenSigning", (token: { payload: object }) => {
    Object.assign(token.payload, { aud: AUDIENCE, client_id: "client-one", ...claims });
  });
  return askForTokens({ grant_type: "password", username: "user-one", scope: "openid calls", client_id: "client-one" });
}

describe("with oauth2-mock-server as the provider", () => {
  it("a user's access token is accepted", async () => {
    const { access_token: token } = await signIn();
    expect(await verifier().verify(token)).toMatchObject({
      tenantId: issuer,
      objectId: "user-one",
      scopes: ["openid", "calls"],
      clientId: "client-one",
    });
  });

  it.each(["PS256", "ES256", "EdDSA"])("so is one signed with %s", async (algorithm) => {
    const { kid } = await server.issuer.keys.generate(algorithm, algorithm === "EdDSA" ? { crv: "Ed25519" } : {});
    const scopesOrTransform = (_header: unknown, payload: object) =>
      void Object.assign(payload, { sub: "user-one", aud: AUDIENCE, scope: "calls" });
    const token = await server.issuer.buildToken({ kid, scopesOrTransform });
    expect((await verifier().verify(token)).objectId).toBe("user-one");
  });

  it("a new key is found, and one of another server is not", async () => {
    const warm = verifier();
    await warm.verify((await signIn()).access_token);
    const { kid } = await server.issuer.keys.generate("RS256");
    const claims = { sub: "user-one", aud: AUDIENCE, scope: "calls" };
    const scopesOrTransform = (_header: unknown, payload: object) => void Object.assign(payload, claims);
    await warm.verify(await server.issuer.buildToken({ kid, scopesOrTransform }));

    const attacker = new OAuth2Server();
    await attacker.issuer.keys.generate("RS256", { kid });
    await attacker.issuer.keys.generate("RS256", { kid: "unpublished" });
    attacker.issuer.url = issuer;
    const forged = await attacker.issuer.buildToken({ kid, scopesOrTransform });
    await expectRefusal(warm.verify(forged), "invalid_token", "invalid_signature");
    const unpublished = await attacker.issuer.buildToken({ kid: "unpublished", scopesOrTransform });
    await expectRefusal(warm.verify(unpublished), "invalid_token", "unknown_key");
  });

  it("a token that was tampered with is refused", async () => {
    const [header, payload = "", signature] = (await signIn()).access_token.split(".");
    const claims: object = JSON.parse(Buffer.from(payload, "base64url").toString());
    const forged = Buffer.from(JSON.stringify({ ...claims, sub: "user-two" })).toString("base64url");
    const token = [header, forged, signature].join(".");
    await expectRefusal(verifier().verify(token), "invalid_token", "invalid_signature");
  });

  it("an application's token, an ID token and a token for another API are refused", async () => {
    const daemon = await askForTokens({ grant_type: "client_credentials", scope: "calls", aud: AUDIENCE });
    await expectRefusal(verifier().verify(daemon.access_token), "invalid_token", "missing_claim");
    const { id_token: idToken = "" } = await signIn();
    await expectRefusal(verifier().verify(idToken), "invalid_token", "audience_mismatch");
    const asItsOwnApi = verifier({ audience: "client-one" });
    await expectRefusal(asItsOwnApi.verify(idToken), "insufficient_scope", "missing_scope");
    const { access_token: other } = await signIn({ aud: "https://other.example" });
    await expectRefusal(verifier().verify(other), "invalid_token", "audience_mismatch");
  });

  it("a token of a second provider is refused, though both are real", async () => {
    const second = new OAuth2Server();
    await second.issuer.keys.generate("RS256");
    await second.start(0, "localhost");
    const token = await second.issuer.buildToken({ scopesOrTransform: "calls" });
    await second.stop();
    await expectRefusal(verifier().verify(token), "invalid_token", "issuer_mismatch");
  });
});
