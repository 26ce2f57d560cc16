import { createHash, X509Certificate } from "node:crypto";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type EntraServer, startEntra } from "./support/entra-server.js";

let server: EntraServer;
beforeEach(async () => {
  server = await startEntra();
});
afterEach(() => server.close());

const get = async (path: string) => {
  const response = await fetch(server.url + path, { headers: { Origin: "https://app.example" } });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  };
};
const home = "a0000000-0000-4000-8000-000000000001";

describe("discovery", () => {
  test.each([
    [home, home],
    ["home.example", home],
    ["common", "{tenantid}"],
    ["organizations", "{tenantid}"],
  ])("of %s names the issuer of %s", async (segment, issuerTenant) => {
    const v2 = await get(`/${segment}/v2.0/.well-known/openid-configuration`);
    expect(v2.status).toBe(200);
    expect(v2.headers.get("access-control-allow-origin")).toBe("*");
    expect(v2.body).toMatchObject({
      issuer: `${server.url}/${issuerTenant}/v2.0`,
      subject_types_supported: ["pairwise"],
    });
    expect(v2.body["token_endpoint"]).toMatch(/\/oauth2\/v2\.0\/token$/);
    const v1 = await get(`/${segment}/.well-known/openid-configuration`);
    expect(v1.body).toMatchObject({
      issuer: `${server.url}/${issuerTenant}/`,
      jwks_uri: `${server.url}/common/discovery/keys`,
    });
  });

  test("of an unknown tenant is AADSTS90002, readable across origins", async () => {
    const { status, body, headers } = await get("/nowhere.example/v2.0/.well-known/openid-configuration");
    expect(status).toBe(400);
    expect(body).toMatchObject({ error: "invalid_tenant", error_codes: [90002] });
    expect(headers.get("access-control-allow-origin")).toBe("*");
  });

  test("can name Microsoft's own issuers instead", async () => {
    const real = await startEntra({ issuers: "microsoft" });
    try {
      const response = await fetch(`${real.url}/common/v2.0/.well-known/openid-configuration`);
      expect(await response.json()).toMatchObject({ issuer: "https://login.microsoftonline.com/{tenantid}/v2.0" });
    } finally {
      await real.close();
    }
  });

  test("of instances answers with this host", async () => {
    const endpoint = encodeURIComponent(`${server.url}/${home}/oauth2/v2.0/authorize`);
    const { body } = await get(`/common/discovery/instance?api-version=1.1&authorization_endpoint=${endpoint}`);
    expect(body["tenant_discovery_endpoint"]).toBe(`${server.url}/${home}/v2.0/.well-known/openid-configuration`);
  });
});

describe("keys", () => {
  test("v2.0 entries carry a templated issuer, v1.0 entries none; neither has alg", async () => {
    const v1 = (await get("/common/discovery/keys")).body["keys"] as Record<string, unknown>[];
    const v2 = (await get(`/${home}/discovery/v2.0/keys`)).body["keys"] as Record<string, unknown>[];
    expect(v2).toEqual(v1.map((key) => ({ ...key, issuer: `${server.url}/{tenantid}/v2.0` })));
    const [key = {}] = v1;
    expect(Object.keys(key).sort()).toEqual(["e", "kid", "kty", "n", "use", "x5c", "x5t"]);
  });

  test("x5c is a certificate of the key, x5t its thumbprint", async () => {
    const [key = {}] = (await get("/common/discovery/keys")).body["keys"] as Record<string, unknown>[];
    const certificate = Buffer.from(String((key["x5c"] as string[])[0]), "base64");
    expect(createHash("sha1").update(certificate).digest("base64url")).toBe(key["x5t"]);
    expect(key["kid"]).toBe(key["x5t"]);
    expect(new X509Certificate(certificate).publicKey.export({ format: "jwk" })).toMatchObject({ n: key["n"] });
  });

  test("rotate: publish, switch, withdraw", async () => {
    const keySet = createRemoteJWKSet(new URL(`${server.url}/${home}/discovery/v2.0/keys`), { cooldownDuration: 0 });
    const verify = async (token: string) => (await jwtVerify(token, keySet)).protectedHeader.kid;
    const published = async () =>
      ((await get("/common/discovery/keys")).body["keys"] as { kid: string }[]).map(({ kid }) => kid);
    const before = await server.entra.mintToken({ user: "user-one" });
    const [first] = await published();
    expect(await verify(before)).toBe(first);

    await server.entra.rotateKeys({ publishOnly: true });
    const [, second] = await published();
    expect(await verify(await server.entra.mintToken({ user: "user-one" }))).toBe(first);

    await server.entra.rotateKeys();
    expect(await published()).toEqual([first, second]);
    expect(await verify(await server.entra.mintToken({ user: "user-one" }))).toBe(second);
    expect(await verify(before)).toBe(first);

    await server.entra.rotateKeys({ removeOld: true });
    expect(await published()).toHaveLength(1);
    expect(await published()).not.toContain(second);
    await expect(verify(await server.entra.mintToken({ user: "user-one" }))).resolves.toBeDefined();
    await expect(verify(before)).rejects.toMatchObject({ code: "ERR_JWKS_NO_MATCHING_KEY" });
    await expect(server.entra.verifyAccessToken(before, ["c0000000-0000-4000-8000-000000000001"])).rejects.toThrow();
  });

  test("a token of the unpublished key verifies nowhere", async () => {
    const keySet = createRemoteJWKSet(new URL(`${server.url}/${home}/discovery/v2.0/keys`));
    const token = await server.entra.mintToken({ user: "user-one", signWith: "unpublished" });
    await expect(jwtVerify(token, keySet)).rejects.toMatchObject({ code: "ERR_JWKS_NO_MATCHING_KEY" });
  });
});
