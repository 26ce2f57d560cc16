import { decodeJwt } from "jose";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { defaultFixtures } from "../../src/default-fixtures.js";
import { type EntraServer, startEntra } from "./support/entra-server.js";
import {
  answer,
  apiScope,
  authorizeUrl,
  codeVerifier,
  postToken,
  redeem,
  redirectUri,
  signIn,
} from "./support/sign-in.js";

const { client, api } = defaultFixtures.applications;

let server: EntraServer;
let now: number;
beforeEach(async () => {
  now = Date.now();
  server = await startEntra({ now: () => now });
});
afterEach(() => server.close());

describe("the sign-in page", () => {
  test("lists the tenant's users as buttons and keeps the request", async () => {
    const response = await fetch(authorizeUrl(server.url));
    const page = await response.text();
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("x-frame-options")).toBe("DENY");
    expect([...page.matchAll(/<button name="user" value="([^"]+)"/g)].map(([, name]) => name)).toEqual([
      "user-one",
      "user-two",
      "user-three",
      "guest",
    ]);
    expect(page).toContain('name="state" value="the state &amp; more"');
    expect(page).toContain('<html lang="en">');
  });

  test("of organizations lists members of every tenant and puts the hinted one first", async () => {
    const page = await (
      await fetch(authorizeUrl(server.url, { login_hint: "foreign@other.example" }, "organizations"))
    ).text();
    expect([...page.matchAll(/name="user" value="([^"]+)"/g)].map(([, name]) => name)).toEqual([
      "foreign",
      "user-one",
      "user-two",
      "user-three",
    ]);
  });

  test("escapes what the request says", async () => {
    const page = await (await fetch(authorizeUrl(server.url, { state: '"><script>alert(1)</script>' }))).text();
    expect(page).not.toContain("<script>");
  });

  test("does not let a user of another tenant in", async () => {
    const { redirect, page } = await answer(authorizeUrl(server.url), { user: "foreign" });
    expect(redirect).toBeUndefined();
    expect(page).toContain("Sign in");
  });
});

describe("the answer", () => {
  test.each([
    ["query", (url: URL) => url.searchParams],
    ["fragment", (url: URL) => new URLSearchParams(url.hash.slice(1))],
  ])("by %s carries code, state and client_info", async (mode, read) => {
    const { status, redirect } = await answer(authorizeUrl(server.url, { response_mode: mode, client_info: "1" }), {
      user: "guest",
    });
    expect(status).toBe(302);
    const parameters = read(redirect ?? new URL("about:blank"));
    expect(redirect?.origin).toBe(redirectUri);
    expect(parameters.get("state")).toBe("the state & more");
    expect(parameters.get("code")).toBeTruthy();
    expect(JSON.parse(Buffer.from(parameters.get("client_info") ?? "", "base64url").toString())).toEqual({
      uid: defaultFixtures.users.guest.homeAccount?.objectId,
      utid: defaultFixtures.tenants.other.id,
    });
  });

  test("by form_post is a form that posts to the application", async () => {
    const { status, page } = await answer(authorizeUrl(server.url, { response_mode: "form_post" }), {
      user: "user-one",
    });
    expect(status).toBe(200);
    expect(page).toContain(`<form method="post" action="${redirectUri}">`);
    expect(page).toMatch(/name="code" value="[^"]+"/);
    expect(page).toContain('name="state" value="the state &amp; more"');
  });

  test("takes any port of http://localhost and nothing else that is not registered", async () => {
    for (const uri of ["http://localhost", "http://localhost:65000", "http://localhost:1/redirect"]) {
      expect((await fetch(authorizeUrl(server.url, { redirect_uri: uri }))).status).toBe(200);
    }
    for (const uri of [
      "https://localhost:3000",
      "http://localhost:3000/other",
      "http://localhost.evil.example",
      "http://localhost@evil.example",
      "http://user@localhost:3000",
      "https://evil.example",
      "not a uri",
    ]) {
      const response = await fetch(authorizeUrl(server.url, { redirect_uri: uri }), { redirect: "manual" });
      expect(response.status).toBe(400);
      expect(await response.text()).toContain("AADSTS50011");
    }
  });

  test.each([
    ["response_type", { response_type: "token" }, "unsupported_response_type"],
    ["a missing code_challenge", { code_challenge: undefined }, "invalid_request"],
    ["a plain code_challenge", { code_challenge_method: "plain" }, "invalid_request"],
    ["an unknown scope", { scope: `api://${api.clientId}/nonsense` }, "invalid_scope"],
    ["an unknown resource", { scope: "https://nowhere.example/.default" }, "invalid_resource"],
    ["claims that are not JSON", { claims: "{" }, "invalid_request"],
    ["prompt=none without a session", { prompt: "none" }, "login_required"],
  ])("to %s is an error redirect with the state", async (_, changes, error) => {
    const response = await fetch(authorizeUrl(server.url, changes), { redirect: "manual" });
    const location = new URL(response.headers.get("location") ?? "about:blank");
    expect(location.origin).toBe(redirectUri);
    expect(location.searchParams.get("error")).toBe(error);
    expect(location.searchParams.get("error_description")).toMatch(/^AADSTS\d+: .*Trace ID: /s);
    expect(location.searchParams.get("state")).toBe("the state & more");
  });

  test("to a cancelled sign-in is access_denied", async () => {
    const { redirect } = await answer(authorizeUrl(server.url), { cancel: "cancel" });
    expect(redirect?.searchParams.get("error")).toBe("access_denied");
  });

  test("to an unknown client or tenant is a page, not a redirect", async () => {
    const unknownClient = await fetch(authorizeUrl(server.url, { client_id: crypto.randomUUID() }), {
      redirect: "manual",
    });
    expect([unknownClient.status, await unknownClient.text()]).toEqual([400, expect.stringContaining("AADSTS700016")]);
    const unknownTenant = await fetch(authorizeUrl(server.url, {}, "nowhere.example"), { redirect: "manual" });
    expect([unknownTenant.status, await unknownTenant.text()]).toEqual([400, expect.stringContaining("AADSTS90002")]);
  });
});

describe("an authorization code", () => {
  test("gives tokens with the nonce, once", async () => {
    const code = await signIn(server.url, "user-one", { nonce: "a nonce" });
    const { status, body, headers } = await redeem(server.url, code);
    expect(status).toBe(200);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(body).toMatchObject({ token_type: "Bearer", scope: `openid ${apiScope}`, expires_in: 4500 });
    expect(decodeJwt(String(body["id_token"]))).toMatchObject({ nonce: "a nonce", aud: client.clientId, ver: "2.0" });
    expect(await server.entra.verifyAccessToken(String(body["access_token"]), [api.clientId])).toMatchObject({
      scp: "access_as_user",
    });
    expect((await redeem(server.url, code)).body).toMatchObject({ error: "invalid_grant", error_codes: [54005] });
  });

  test("expires after ten minutes", async () => {
    const code = await signIn(server.url);
    now += 10 * 60 * 1000 + 1000;
    expect((await redeem(server.url, code)).body).toMatchObject({ error: "invalid_grant", error_codes: [70008] });
  });

  test.each([
    ["another code_verifier", { code_verifier: "x".repeat(43) }, 501481],
    ["no code_verifier", { code_verifier: undefined }, 900144],
    ["another redirect_uri", { redirect_uri: "http://localhost:3001" }, 70000],
    ["a secret, though the client is public", { client_secret: "x" }, 700025],
    ["a tampered code", { code: "x.y.z" }, 70000],
  ])("with %s is refused", async (_, changes, number) => {
    expect((await redeem(server.url, await signIn(server.url), changes)).body).toMatchObject({ error_codes: [number] });
  });

  test("of one client is worthless to another", async () => {
    const { body } = await redeem(server.url, await signIn(server.url), {
      client_id: api.clientId,
      client_secret: api.clientSecret,
    });
    expect(body).toMatchObject({ error: "invalid_grant", error_codes: [70000] });
  });

  test("of one tenant is worthless at another's endpoint", async () => {
    const parameters = { grant_type: "authorization_code", client_id: client.clientId, code_verifier: codeVerifier };
    const code = await signIn(server.url);
    const { body } = await postToken(
      server.url,
      { ...parameters, code, redirect_uri: redirectUri },
      { tenant: "other.example" },
    );
    expect(body).toMatchObject({ error_codes: [70000] });
  });
});

describe("a refresh token", () => {
  const refresh = (token: unknown, changes: Record<string, string> = {}) =>
    postToken(server.url, {
      grant_type: "refresh_token",
      client_id: client.clientId,
      refresh_token: String(token),
      ...changes,
    });
  const first = async () => (await redeem(server.url, await signIn(server.url))).body["refresh_token"];

  test("gives new tokens and a new refresh token, also for another API", async () => {
    const token = await first();
    const { body } = await refresh(token);
    expect(body["refresh_token"]).not.toBe(token);
    const other = await refresh(body["refresh_token"], { scope: "https://auth.msft.communication.azure.com/.default" });
    expect(decodeJwt(String(other.body["access_token"]))).toMatchObject({
      ver: "1.0",
      scp: "Teams.ManageCalls Teams.ManageChats",
    });
  });

  test("comes only with offline_access", async () => {
    const { body } = await redeem(server.url, await signIn(server.url, "user-one", { scope: apiScope }));
    expect(body).not.toHaveProperty("refresh_token");
    expect(body).not.toHaveProperty("id_token");
  });

  test("ends with the user's sessions, after 90 days, and with a reset", async () => {
    const token = await first();
    server.entra.revokeSessions({ user: "user-two" });
    expect((await refresh(token)).status).toBe(200);
    server.entra.revokeSessions({ user: "user-one" });
    expect((await refresh(token)).body).toMatchObject({ error: "invalid_grant", error_codes: [50173] });
    const another = await first();
    now += 91 * 24 * 60 * 60 * 1000;
    expect((await refresh(another)).body).toMatchObject({ error: "invalid_grant", error_codes: [70008] });
    const last = await first();
    server.entra.reset();
    expect((await refresh(last)).body).toMatchObject({ error: "invalid_grant", error_codes: [70000] });
  });

  test("is not a code, and a code is not a refresh token", async () => {
    expect((await redeem(server.url, String(await first()))).body).toMatchObject({ error_codes: [70000] });
    expect((await refresh(await signIn(server.url))).body).toMatchObject({ error_codes: [70000] });
  });
});
