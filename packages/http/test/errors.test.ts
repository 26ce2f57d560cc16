import { AcsAuthError, type AcsAuthErrorCode, type AuthenticatedUser } from "@acs-auth/core";
import { createAcsAuthHandler, toNodeListener } from "@acs-auth/http";
import { describe, expect, it } from "vitest";
import { CALLER_TOKEN, scriptedService, scriptedVerifier } from "./support/doubles.js";
import { serve } from "./support/serve.js";

async function askFailingService(error: unknown, claims: AuthenticatedUser["claims"] = { xms_cc: ["CP1"] }) {
  const service = scriptedService({
    getUser: async () => {
      throw error;
    },
  });
  const ask = await serve(toNodeListener(createAcsAuthHandler({ service, verifier: scriptedVerifier(claims) })));
  return ask("GET", "/api/user", { headers: { "x-request-id": "request-1" } });
}

const statusByCode: Record<AcsAuthErrorCode, [status: number, title: string]> = {
  missing_token: [401, "Unauthorized"],
  invalid_token: [401, "Unauthorized"],
  insufficient_scope: [403, "Forbidden"],
  forbidden: [403, "Forbidden"],
  invalid_request: [400, "Bad Request"],
  claims_challenge: [401, "Unauthorized"],
  interaction_required: [401, "Unauthorized"],
  consent_required: [403, "Forbidden"],
  provider_denied: [502, "Bad Gateway"],
  provider_unavailable: [503, "Service Unavailable"],
  key_server_unavailable: [503, "Service Unavailable"],
  identity_not_found: [404, "Not Found"],
  identity_deleted: [409, "Conflict"],
  identity_of_other_resource: [409, "Conflict"],
  identity_not_owned: [409, "Conflict"],
  invalid_teams_token: [400, "Bad Request"],
  teams_exchange_not_configured: [404, "Not Found"],
  store_unavailable: [503, "Service Unavailable"],
  store_denied: [502, "Bad Gateway"],
  mapping_invalid: [502, "Bad Gateway"],
  mapping_tampered: [403, "Forbidden"],
  mapping_unsigned: [403, "Forbidden"],
  mapping_outcome_unknown: [503, "Service Unavailable"],
  acs_unavailable: [503, "Service Unavailable"],
  acs_denied: [502, "Bad Gateway"],
  acs_rejected: [502, "Bad Gateway"],
  throttled: [429, "Too Many Requests"],
  timeout: [504, "Gateway Timeout"],
  aborted: [499, "Client Closed Request"],
};

describe("an AcsAuthError of the service", () => {
  it.each(Object.entries(statusByCode))("%s becomes a problem", async (code, [status, title]) => {
    const error = new AcsAuthError(code as AcsAuthErrorCode, "What happened.", { communicationUserId: "8:acs:x_y" });
    const answer = await askFailingService(error);
    expect(answer.status).toBe(status);
    expect(answer.problem()).toEqual({
      type: "about:blank",
      title,
      status,
      detail: "What happened.",
      code,
      requestId: "request-1",
    });
    expect(answer.headers).toMatchObject({ "cache-control": "no-store", "x-request-id": "request-1" });
  });

  it("shows its reason", async () => {
    const answer = await askFailingService(new AcsAuthError("invalid_teams_token", "No.", { reason: "user_mismatch" }));
    expect(answer.problem().reason).toBe("user_mismatch");
  });

  it("that comes from another copy of core is understood", async () => {
    const error = Object.assign(new Error("Slow down."), { name: "AcsAuthError", code: "throttled", statusCode: 429 });
    const answer = await askFailingService(error);
    expect(answer.problem()).toMatchObject({ status: 429, code: "throttled" });
  });

  it.each([
    ["throttled", 1_001, "2"],
    ["acs_unavailable", 30_000, "30"],
    ["timeout", 0, "0"],
  ] as const)("%s with a delay of %i ms says Retry-After: %s", async (code, retryAfterInMs, header) => {
    const answer = await askFailingService(new AcsAuthError(code, "Later.", { retryAfterInMs }));
    expect(answer.headers["retry-after"]).toBe(header);
  });

  it("without a known delay says no Retry-After", async () => {
    const answer = await askFailingService(new AcsAuthError("throttled", "Later."));
    expect(answer.headers["retry-after"]).toBeUndefined();
  });
});

describe("WWW-Authenticate", () => {
  it("is a bare challenge without an access token", async () => {
    const handler = createAcsAuthHandler({ service: scriptedService(), verifier: scriptedVerifier() });
    const ask = await serve(toNodeListener(handler));
    const answer = await ask("GET", "/api/user", { anonymous: true });
    expect(answer.problem()).toMatchObject({ status: 401, code: "missing_token" });
    expect(answer.headers["www-authenticate"]).toBe("Bearer");
  });

  it.each([
    ["a refused token", "Bearer other"],
    ["another scheme", "Basic dXNlcjpwYXNzd29yZA=="],
    ["two tokens in one value", `Bearer ${CALLER_TOKEN}, Bearer ${CALLER_TOKEN}`],
    ["two headers", [`Bearer ${CALLER_TOKEN}`, `Bearer ${CALLER_TOKEN}`]],
    ["an empty token", "Bearer "],
  ])("says invalid_token for %s", async (_name, authorization) => {
    const service = scriptedService();
    const ask = await serve(toNodeListener(createAcsAuthHandler({ service, verifier: scriptedVerifier() })));
    const answer = await ask("GET", "/api/user", { headers: { authorization } });
    expect(answer.problem()).toMatchObject({ status: 401, code: "invalid_token" });
    expect(answer.headers["www-authenticate"]).toMatch(/^Bearer error="invalid_token", error_description="[^"]+"$/);
    expect(service.calls).toEqual([]);
  });

  it("takes the scheme in lower case", async () => {
    const handler = createAcsAuthHandler({ service: scriptedService(), verifier: scriptedVerifier() });
    const ask = await serve(toNodeListener(handler));
    expect((await ask("GET", "/api/user", { headers: { authorization: `bearer ${CALLER_TOKEN}` } })).status).toBe(200);
  });

  it("names the missing scopes", async () => {
    const requiredScopes = ["access_as_user", "calls"];
    const answer = await askFailingService(new AcsAuthError("insufficient_scope", "No.", { requiredScopes }));
    expect(answer.headers["www-authenticate"]).toBe('Bearer error="insufficient_scope", scope="access_as_user calls"');
  });

  it("passes a claims challenge on", async () => {
    const claims = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}';
    const answer = await askFailingService(new AcsAuthError("claims_challenge", "More is asked for.", { claims }));
    expect(answer.problem()).toMatchObject({ status: 401, code: "claims_challenge" });
    const encoded = /^Bearer error="insufficient_claims", claims="([\w+/=]+)"$/.exec(
      answer.headers["www-authenticate"] ?? "",
    )?.[1];
    expect(Buffer.from(encoded ?? "", "base64").toString()).toBe(claims);
  });

  it("names no claims where the identity provider has named none", async () => {
    const answer = await askFailingService(new AcsAuthError("claims_challenge", "More is asked for."));
    expect(answer.problem()).toMatchObject({ status: 401, code: "claims_challenge" });
    expect(answer.headers["www-authenticate"]).toBe('Bearer error="insufficient_claims"');
  });

  it("says where to sign in, where it has been told", async () => {
    const authorizationUri = "https://login.example/tenant/oauth2/v2.0/authorize";
    const service = scriptedService({
      getUser: async () => {
        throw new AcsAuthError("claims_challenge", "More is asked for.", { claims: "{}" });
      },
    });
    const verifier = scriptedVerifier({ xms_cc: ["cp1"] });
    const ask = await serve(toNodeListener(createAcsAuthHandler({ service, verifier, authorizationUri })));
    expect((await ask("GET", "/api/user")).headers["www-authenticate"]).toBe(
      `Bearer authorization_uri="${authorizationUri}", error="insufficient_claims", claims="e30="`,
    );
  });

  it.each([{}, { xms_cc: [] }, { xms_cc: ["cp2"] }, { xms_cc: 1 }])(
    "keeps a claims challenge from a client that declared %j",
    async (declared) => {
      const error = new AcsAuthError("claims_challenge", "More is asked for.", { claims: "{}" });
      const answer = await askFailingService(error, declared);
      expect(answer.problem()).toMatchObject({ status: 403, code: "claims_challenge" });
      expect(answer.headers["www-authenticate"]).toBeUndefined();
    },
  );

  it("asks for a new sign-in", async () => {
    const answer = await askFailingService(new AcsAuthError("interaction_required", "Sign in again."));
    expect(answer.headers["www-authenticate"]).toBe(
      'Bearer error="interaction_required", error_description="Sign in again."',
    );
  });

  it("cannot be broken out of", async () => {
    const answer = await askFailingService(new AcsAuthError("invalid_token", 'a", x="b\r\nset-cookie: c\u{1F600}'));
    expect(answer.headers["www-authenticate"]).toBe(
      `Bearer error="invalid_token", error_description="a', x='b''set-cookie: c''"`,
    );
    expect(answer.headers["set-cookie"]).toBeUndefined();
  });

  it.each(["forbidden", "consent_required", "identity_not_found", "acs_denied"] as const)(
    "is absent with %s",
    async (code) => {
      const answer = await askFailingService(new AcsAuthError(code, "No."));
      expect(answer.headers["www-authenticate"]).toBeUndefined();
    },
  );
});

describe("an unexpected error", () => {
  it.each([
    ["an error", new Error("secret content")],
    ["a TypeError", new TypeError("secret content")],
    ["a string", "secret content"],
    ["nothing", undefined],
  ])("that is %s is answered 500 without its content", async (_name, thrown) => {
    const answer = await askFailingService(thrown);
    expect(answer.problem()).toEqual({
      type: "about:blank",
      title: "Internal Server Error",
      status: 500,
      detail: "The server failed.",
      code: "internal_error",
      requestId: "request-1",
    });
    expect(answer.headers["cache-control"]).toBe("no-store");
  });
});
