import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OidcTokenVerifier, type OidcTokenVerifierOptions } from "../../src/index.js";
import { expectRefusal } from "../verification/support/refusal.js";
import { AUDIENCE, type RunningProvider, startProvider } from "./support/oidc-provider.js";

let provider: RunningProvider;
beforeAll(async () => {
  provider = await startProvider();
});
afterAll(() => provider.close());

function verifier(options: Partial<OidcTokenVerifierOptions> = {}): OidcTokenVerifier {
  return new OidcTokenVerifier({
    issuer: provider.issuer,
    audience: AUDIENCE,
    allowInsecureLoopback: true,
    keys: { cooldownInMs: 0 },
    ...options,
  });
}

describe("with oidc-provider as the provider", () => {
  it.each(["RS256", "PS256", "ES256", "EdDSA"] as const)("a user's access token under %s is accepted", async (alg) => {
    provider.algorithm = alg;
    const { access_token: token } = await provider.signIn("user-one");
    expect(await verifier({ requiredScopes: ["calls"] }).verify(token)).toMatchObject({
      tenantId: provider.issuer,
      objectId: "user-one",
      scopes: ["calls"],
      clientId: "app",
    });
    await expectRefusal(verifier({ algorithms: ["RS512"] }).verify(token), "invalid_token", "algorithm_not_allowed");
  });

  it("a rotation goes unnoticed, and ends the old keys", async () => {
    provider.algorithm = "RS256";
    const warm = verifier();
    const { access_token: old } = await provider.signIn("user-one");
    await warm.verify(old);
    await provider.rotate();
    await warm.verify((await provider.signIn("user-one")).access_token);
    await expectRefusal(warm.verify(old), "invalid_token", "unknown_key");
  });

  it("an application's own token is refused", async () => {
    const { access_token: token } = await provider.clientCredentials();
    await expectRefusal(verifier().verify(token), "insufficient_scope", "app_only");
  });

  it("an ID token is refused, also where the application is its own API", async () => {
    const { id_token: idToken = "" } = await provider.signIn("user-one");
    await expectRefusal(verifier().verify(idToken), "invalid_token", "audience_mismatch");
    await expectRefusal(verifier({ audience: "app" }).verify(idToken), "insufficient_scope", "missing_scope");
  });

  it("a token for another API is refused", async () => {
    const { access_token: token } = await provider.signIn("user-one", "https://other.example");
    await expectRefusal(verifier().verify(token), "invalid_token", "audience_mismatch");
  });

  it("claims of one user under the signature of another's token are refused", async () => {
    const [one, two] = await Promise.all(["user-one", "user-two"].map((user) => provider.signIn(user)));
    const [header, , signature] = one?.access_token.split(".") ?? [];
    const claims = two?.access_token.split(".")[1];
    const spliced = [header, claims, signature].join(".");
    await expectRefusal(verifier().verify(spliced), "invalid_token", "invalid_signature");
  });

  it("its tokens are none for a verifier of another issuer that publishes the same keys", async () => {
    const { access_token: token } = await provider.signIn("user-one");
    const metadataUrl = `${provider.issuer}/.well-known/openid-configuration`;
    const other = verifier({ issuer: "https://issuer.example", metadataUrl });
    await expectRefusal(other.verify(token), "invalid_token", "issuer_mismatch");
  });
});
