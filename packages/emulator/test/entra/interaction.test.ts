import { decodeJwt } from "jose";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type EntraServer, startEntra } from "./support/entra-server.js";
import { answer, apiScope, authorizeUrl, redeem } from "./support/sign-in.js";

let server: EntraServer;
beforeEach(async () => {
  server = await startEntra();
});
afterEach(() => server.close());

const silently = async (cookie: string, changes: Record<string, string> = {}) => {
  const url = authorizeUrl(server.url, { prompt: "none", ...changes });
  const response = await fetch(url, { headers: { Cookie: cookie }, redirect: "manual" });
  return new URL(response.headers.get("location") ?? "about:blank").searchParams;
};

describe("the browser's session", () => {
  test("signs in without a question, until sign-out, another user or prompt", async () => {
    const { cookie } = await answer(authorizeUrl(server.url), { user: "user-one" });
    const code = (await silently(cookie)).get("code") ?? "";
    expect(decodeJwt(String((await redeem(server.url, code)).body["id_token"]))).toMatchObject({
      name: "Fixture User One",
    });
    expect((await silently(cookie, { login_hint: "user-two@home.example" })).get("error")).toBe("login_required");
    const prompted = await fetch(authorizeUrl(server.url, { prompt: "select_account" }), {
      headers: { Cookie: cookie },
    });
    expect(await prompted.text()).toContain("Sign in");
    server.entra.revokeSessions({ user: "user-one" });
    expect((await silently(cookie)).get("error")).toBe("login_required");
  });

  test("sign-out ends it and returns to registered addresses only", async () => {
    const signOut = (target: string) =>
      fetch(`${server.url}/common/oauth2/v2.0/logout?state=s&post_logout_redirect_uri=${encodeURIComponent(target)}`, {
        redirect: "manual",
      });
    const back = await signOut("http://localhost:9");
    expect(back.headers.get("location")).toBe("http://localhost:9/?state=s");
    expect(back.headers.get("set-cookie")).toMatch(/entra-emulator-session=;.*Max-Age=0/);
    expect((await signOut("https://evil.example")).headers.get("location")).toBeNull();
  });
});

describe("consent", () => {
  test("that was revoked is asked for, and kept once given", async () => {
    server.entra.revokeConsent({ user: "user-one", application: "client", resource: "api" });
    expect(
      (await answer(authorizeUrl(server.url), { user: "user-two" })).redirect?.searchParams.get("code"),
    ).toBeTruthy();
    const asked = await answer(authorizeUrl(server.url), { user: "user-one" });
    expect(asked.page).toContain("Fixture API: access_as_user");
    expect(asked.page).toContain('<input type="hidden" name="user" value="user-one">');
    const given = await answer(authorizeUrl(server.url), { user: "user-one", consent: "accept" });
    expect(given.redirect?.searchParams.get("code")).toBeTruthy();
    expect(
      (await answer(authorizeUrl(server.url), { user: "user-one" })).redirect?.searchParams.get("code"),
    ).toBeTruthy();
  });

  test("is asked for a scope that is not in the registration, on every API of the request", async () => {
    const scope = `${apiScope} https://graph.microsoft.com/User.Read.All`;
    const { page } = await answer(authorizeUrl(server.url, { scope }), { user: "user-one" });
    expect(page).toContain("Microsoft Graph: User.Read.All");
    expect(page).not.toContain("access_as_user</li>");
  });

  test("missing with prompt=none is interaction_required", async () => {
    const { cookie } = await answer(authorizeUrl(server.url), { user: "user-one" });
    server.entra.revokeConsent({ application: "client", resource: "api" });
    const parameters = await silently(cookie);
    expect(parameters.get("error")).toBe("interaction_required");
    expect(parameters.get("error_description")).toContain("AADSTS65001");
    server.entra.reset();
    const { redirect } = await answer(authorizeUrl(server.url), { user: "user-one" });
    expect(redirect?.searchParams.get("code")).toBeTruthy();
  });
});

describe("a second factor", () => {
  test("is asked for where a policy says so, and shows in the token", async () => {
    const { cookie } = await answer(authorizeUrl(server.url), { user: "user-one" });
    const requirement = server.entra.requireMfa({ user: "user-one", resource: "api" });
    expect((await silently(cookie)).get("error")).toBe("interaction_required");
    expect((await answer(authorizeUrl(server.url), { user: "user-two" })).redirect).toBeDefined();
    expect((await answer(authorizeUrl(server.url), { user: "user-one" })).page).toContain("Verify your identity");
    const { redirect } = await answer(authorizeUrl(server.url), { user: "user-one", second_factor: "approve" });
    const { body } = await redeem(server.url, redirect?.searchParams.get("code") ?? "");
    expect(decodeJwt(String(body["access_token"]))).toMatchObject({ acrs: ["p1"] });
    requirement.remove();
    expect((await answer(authorizeUrl(server.url), { user: "user-one" })).redirect).toBeDefined();
  });

  test("is asked for by a claims challenge for an authentication context", async () => {
    const claims = JSON.stringify({
      access_token: { acrs: { essential: true, value: "c1" }, xms_cc: { values: ["cp1"] } },
    });
    expect((await answer(authorizeUrl(server.url, { claims }), { user: "user-one" })).page).toContain(
      "Verify your identity",
    );
    const { redirect } = await answer(authorizeUrl(server.url, { claims }), {
      user: "user-one",
      second_factor: "approve",
    });
    const { body } = await redeem(server.url, redirect?.searchParams.get("code") ?? "", { claims });
    expect(decodeJwt(String(body["access_token"]))).toMatchObject({ acrs: ["p1", "c1"], xms_cc: ["cp1"] });
  });
});
