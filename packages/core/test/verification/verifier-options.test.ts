import { afterEach, describe, expect, it, vi } from "vitest";
import {
  EntraAuthorityHosts,
  EntraTokenVerifier,
  type EntraTokenVerifierOptions,
  OidcTokenVerifier,
  type OidcTokenVerifierOptions,
  TeamsTokenVerifier,
  type TeamsTokenVerifierOptions,
} from "../../src/index.js";
import { API, HOME, OTHER, TestAuthority } from "./support/test-authority.js";

const METADATA = "https://contoso.example/metadata";

/** Wrong options as JavaScript may pass them, each with what the message must name. */
type Wrong<Options> = ReadonlyArray<readonly [option: string, options: { readonly [Key in keyof Options]?: unknown }]>;

const COMMON: Wrong<EntraTokenVerifierOptions> = [
  ["clockToleranceInSeconds", { clockToleranceInSeconds: 301 }],
  ["clockToleranceInSeconds", { clockToleranceInSeconds: -1 }],
  ["clockToleranceInSeconds", { clockToleranceInSeconds: Number.NaN }],
  ["maxTokenLength", { maxTokenLength: 0 }],
  ["keys.cacheInMs", { keys: { cacheInMs: -1 } }],
  ["keys.refreshInMs", { keys: { cacheInMs: 10, refreshInMs: 11 } }],
  ["keys.cooldownInMs", { keys: { cooldownInMs: "1" } }],
  ["keys.timeoutInMs", { keys: { timeoutInMs: 0 } }],
  ["keys.fetch", { keys: { fetch: "https" } }],
];

afterEach(() => vi.unstubAllEnvs());

describe("EntraTokenVerifier", () => {
  it.each<Wrong<EntraTokenVerifierOptions>[number]>([
    ...COMMON,
    ["clientId", { clientId: undefined }],
    ["clientId", { clientId: "my-api" }],
    ["tenantId", { tenantId: undefined }],
    ["tenantId", { tenantId: "common" }],
    ["tenantId", { tenantId: [] }],
    ["tenantId[1]", { tenantId: [HOME, "organizations"] }],
    ["audiences", { audiences: [] }],
    ["audiences", { audiences: API }],
    ["requiredScopes", { requiredScopes: "access_as_user" }],
    ["requiredScopes", { requiredScopes: ["a b"] }],
    ["requiredScopes", { requiredScopes: [`api://${API}/access_as_user`] }],
    ["authorizedClientIds", { authorizedClientIds: [] }],
    ["authorizedClientIds[0]", { authorizedClientIds: ["client"] }],
    ["authorityHost", { authorityHost: "http://login.microsoftonline.com" }],
    ["authorityHost", { authorityHost: "http://localhost:8443" }],
    ["authorityHost", { authorityHost: "login.microsoftonline.com" }],
    ["authorityHost", { authorityHost: `https://login.microsoftonline.com/${HOME}` }],
    ["authorityHost", { authorityHost: "https://user:pass@login.microsoftonline.com" }],
    ["authorityHost", { authorityHost: EntraAuthorityHosts.global, metadataUrl: METADATA }],
    ["metadataUrl", { metadataUrl: "http://contoso.example/metadata" }],
    ["tenantId", { metadataUrl: METADATA, tenantId: [HOME, OTHER] }],
    ["tenantId", { metadataUrl: METADATA, tenantId: () => true }],
    ["objectIdClaim", { objectIdClaim: "sub" }],
    ["objectIdClaim", { metadataUrl: METADATA, objectIdClaim: "email" }],
  ])("names the wrong option %s", (option, wrong) => {
    const options = { clientId: API, tenantId: HOME, ...wrong } as EntraTokenVerifierOptions;
    expectMisuse(() => new EntraTokenVerifier(options), option);
  });

  it.each(Object.entries(EntraAuthorityHosts))("knows the cloud %s", (_cloud, authorityHost) => {
    new EntraTokenVerifier({ clientId: API, tenantId: HOME, authorityHost });
  });

  it("takes the sign-in host from the environment, as the Azure SDKs do, unless it is given one", async () => {
    const authority = await TestAuthority.start();
    vi.stubEnv("AZURE_AUTHORITY_HOST", `${authority.url}/`);
    const token = await authority.mint();
    expect(await new EntraTokenVerifier({ clientId: API, tenantId: HOME }).verify(token)).toMatchObject({
      tenantId: HOME,
    });
    vi.stubEnv("AZURE_AUTHORITY_HOST", "http://login.microsoftonline.com");
    expectMisuse(() => new EntraTokenVerifier({ clientId: API, tenantId: HOME }), "AZURE_AUTHORITY_HOST");
    new EntraTokenVerifier({ clientId: API, tenantId: HOME, authorityHost: EntraAuthorityHosts.global });
    await authority.close();
  });

  it("names wrong options of a call", async () => {
    const verifier = new EntraTokenVerifier({ clientId: API, tenantId: HOME });
    await expect(verifier.verify("token", { requiredScopes: ["a b"] })).rejects.toThrow(TypeError);
  });
});

describe("OidcTokenVerifier", () => {
  it.each<Wrong<OidcTokenVerifierOptions>[number]>([
    ...(COMMON as Wrong<OidcTokenVerifierOptions>),
    ["issuer", { issuer: undefined }],
    ["issuer", { issuer: "http://issuer.example" }],
    ["issuer", { issuer: "http://issuer.example", allowInsecureLoopback: true }],
    ["issuer", { issuer: "http://localhost.example", allowInsecureLoopback: true }],
    ["issuer", { issuer: "http://localhost:8080" }],
    ["audience", { audience: undefined }],
    ["audience", { audience: "" }],
    ["audience", { audience: [] }],
    ["requiredScopes", { requiredScopes: [""] }],
    ["scopeClaim", { scopeClaim: "permissions" }],
    ["userClaim", { userClaim: "" }],
    ["authorizedClientIds", { authorizedClientIds: [] }],
    ["metadataUrl", { metadataUrl: "metadata" }],
    ["algorithms", { algorithms: [] }],
    ["algorithms", { algorithms: ["HS256"] }],
    ["algorithms", { algorithms: ["RS256", "none"] }],
  ])("names the wrong option %s", (option, wrong) => {
    const options = { issuer: "https://issuer.example", audience: "api", ...wrong } as OidcTokenVerifierOptions;
    expectMisuse(() => new OidcTokenVerifier(options), option);
  });
});

describe("TeamsTokenVerifier", () => {
  it.each<Wrong<TeamsTokenVerifierOptions>[number]>([
    ...(COMMON as Wrong<TeamsTokenVerifierOptions>),
    ["clientId", { clientId: "client" }],
    ["authorityHost", { authorityHost: "http://login.microsoftonline.com" }],
    ["audiences", { audiences: [] }],
  ])("names the wrong option %s", (option, wrong) => {
    expectMisuse(() => new TeamsTokenVerifier({ clientId: API, ...wrong } as TeamsTokenVerifierOptions), option);
  });
});

function expectMisuse(construct: () => unknown, option: string): void {
  let misuse: unknown;
  try {
    construct();
  } catch (error) {
    misuse = error;
  }
  expect(misuse).toBeInstanceOf(TypeError);
  expect(String(misuse)).toContain(option);
}
