import { AcsAuthError } from "@acs-auth/core";
import { EasyAuthVerifier, type EasyAuthVerifierOptions } from "@acs-auth/http";
import { describe, expect, it, vi } from "vitest";
import { signedIn, startEasyAuth, tenantId, useAppService } from "../support/easy-auth.js";

useAppService();

describe("EasyAuthVerifier is refused where the platform does not stand in front", () => {
  it.each([
    ["without markers", undefined, undefined],
    ["without authentication", undefined, "contoso-api"],
    ["with authentication turned off", "False", "contoso-api"],
    ["with something else for a marker", "yes", "contoso-api"],
    ["outside of App Service", "True", undefined],
    ["with an empty name", "True", ""],
  ])("%s", (_where, enabled, site) => {
    vi.stubEnv("WEBSITE_AUTH_ENABLED", enabled);
    vi.stubEnv("WEBSITE_SITE_NAME", site);
    expect(() => new EasyAuthVerifier({ tenantId })).toThrow(/^EasyAuthVerifier works only in Azure App Service/);
  });

  it("and the headers mean nothing to any other verifier", async () => {
    const verifier = { verify: async () => Promise.reject(new AcsAuthError("invalid_token", "No.")) };
    const { get, users } = await startEasyAuth({}, { verifier });
    expect((await get(signedIn())).problem()).toMatchObject({ status: 401, code: "missing_token" });
    expect(users).toEqual([]);
  });
});

describe("EasyAuthVerifier names an impossible option", () => {
  it.each([
    ["tenantId", { tenantId: "common" }],
    ["tenantId", { tenantId: [] }],
    ["identityProviders", { identityProviders: [] }],
    ["origins", { origins: ["*"] }],
    ["origins", { origins: ["https://app.contoso.com/"] }],
    ["accessTokenVerifier", { accessTokenVerifier: {} }],
  ])("%s", (name, wrong) => {
    const options = { tenantId, ...wrong } as EasyAuthVerifierOptions;
    expect(() => new EasyAuthVerifier(options)).toThrow(new RegExp(`^${name} must`));
  });
});
