import { AcsAuthError, type TokenVerifier } from "@acs-auth/core";
import { describe, expect, it, vi } from "vitest";
import { CALLER_TOKEN, caller } from "../support/doubles.js";
import { HOST, signedIn, startEasyAuth, tenantId, useAppService } from "../support/easy-auth.js";

useAppService();

describe("the access token of the platform", () => {
  const accessTokenVerifier: TokenVerifier = {
    async verify(token) {
      if (token === "") throw new AcsAuthError("missing_token", "The call carries no access token.");
      if (token === "stranger.token") return { ...caller, objectId: tenantId };
      if (token === CALLER_TOKEN) return caller;
      throw new AcsAuthError("invalid_token", "No.", { reason: "expired" });
    },
  };
  const withToken = (token: string) => ({ ...signedIn(), "x-ms-token-aad-access-token": token });

  it("is verified where a verifier is given, and then names the user", async () => {
    const { get, users } = await startEasyAuth({ accessTokenVerifier });
    await get(withToken(CALLER_TOKEN));
    expect(users).toEqual([caller]);
  });

  it.each([
    ["is missing", "", { code: "missing_token" }],
    ["is refused", "old.token", { code: "invalid_token", reason: "expired" }],
    ["belongs to somebody else", "stranger.token", { code: "invalid_token", reason: "user_mismatch" }],
  ])("that %s lets nobody in then", async (_what, token, problem) => {
    const { get, users } = await startEasyAuth({ accessTokenVerifier });
    expect((await get(withToken(token))).problem()).toMatchObject({ status: 401, ...problem });
    expect(users).toEqual([]);
  });

  it("must hold the scopes that are required of the user", async () => {
    const verify = vi.fn(accessTokenVerifier.verify);
    const { get, ask } = await startEasyAuth(
      { accessTokenVerifier: { verify }, requiredScopes: ["mine"] },
      { exchangeScopes: ["exchange"] },
    );
    await get(withToken(CALLER_TOKEN));
    const headers = { host: HOST, origin: `https://${HOST}`, ...withToken(CALLER_TOKEN) };
    await ask("POST", "/exchange", { anonymous: true, headers, body: { accessToken: "t" } });
    expect(verify.mock.calls.map(([, options]) => options?.requiredScopes)).toEqual([["mine"], ["exchange"]]);
  });

  it("is not looked at otherwise", async () => {
    const { get, users } = await startEasyAuth();
    await get(withToken(CALLER_TOKEN));
    expect(users).toMatchObject([{ accessToken: "" }]);
  });
});
