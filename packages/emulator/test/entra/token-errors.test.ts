import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { defaultFixtures } from "../../src/default-fixtures.js";
import { type EntraServer, startEntra } from "./support/entra-server.js";
import { postToken } from "./support/sign-in.js";

const { api, client, daemon } = defaultFixtures.applications;
const clientCredentials = {
  grant_type: "client_credentials",
  client_id: daemon.clientId,
  client_secret: daemon.clientSecret,
  scope: `api://${api.clientId}/.default`,
};
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

let server: EntraServer;
beforeAll(async () => {
  server = await startEntra();
});
afterAll(() => server.close());

describe("client credentials", () => {
  test("give an app-only token, with the secret in the body or in the header", async () => {
    const inBody = await postToken(server.url, clientCredentials);
    expect(inBody.body).toMatchObject({ token_type: "Bearer", expires_in: 4500 });
    expect(await server.entra.verifyAccessToken(String(inBody.body["access_token"]), [api.clientId])).toMatchObject({
      roles: ["access_as_application"],
      idtyp: "app",
    });
    const basic = Buffer.from(`${daemon.clientId}:${daemon.clientSecret}`).toString("base64");
    const { status } = await postToken(
      server.url,
      { ...clientCredentials, client_id: undefined, client_secret: undefined },
      { headers: { Authorization: `Basic ${basic}` } },
    );
    expect(status).toBe(200);
  });

  test("for the ACS data plane keep the identifier as it was asked for", async () => {
    const { body } = await postToken(server.url, {
      ...clientCredentials,
      scope: "https://communication.azure.com//.default",
    });
    const { communication } = defaultFixtures.resources;
    expect(
      await server.entra.verifyAccessToken(String(body["access_token"]), communication.identifierUris),
    ).toMatchObject({
      aud: "https://communication.azure.com/",
      appid: daemon.clientId,
      ver: "1.0",
    });
  });

  test("work under the v1.0 path with a resource", async () => {
    const { scope: _, ...rest } = clientCredentials;
    const response = await fetch(`${server.url}/home.example/oauth2/token`, {
      method: "POST",
      body: new URLSearchParams({ ...rest, resource: "https://graph.microsoft.com" }),
    });
    expect(response.status).toBe(200);
  });
});

describe("a refused token request", () => {
  test.each<[string, Record<string, string | undefined>, number, string, number, string?]>([
    ["no grant_type", { grant_type: undefined }, 400, "invalid_request", 900144],
    ["no client_id", { client_id: undefined }, 400, "invalid_request", 900144],
    ["no scope", { scope: undefined }, 400, "invalid_request", 900144],
    ["an unknown grant", { grant_type: "password" }, 400, "unsupported_grant_type", 70003],
    ["an unknown client", { client_id: "c0000000-0000-4000-8000-00000000ffff" }, 400, "unauthorized_client", 700016],
    ["a wrong secret", { client_secret: "wrong" }, 401, "invalid_client", 7000215],
    ["no credential", { client_secret: undefined }, 401, "invalid_client", 7000218],
    ["a scope without .default", { scope: `api://${api.clientId}/access_as_user` }, 400, "invalid_scope", 1002012],
    ["a scope the API does not have", { scope: `api://${api.clientId}/nonsense` }, 400, "invalid_scope", 70011],
    ["an unknown resource", { scope: "https://nowhere.example/.default" }, 400, "invalid_resource", 500011],
    ["an unknown tenant", {}, 400, "invalid_tenant", 90002, "nowhere.example"],
    ["an application of another tenant", {}, 400, "unauthorized_client", 700016, "other.example"],
    ["an endpoint for many tenants", {}, 400, "invalid_request", 9001023, "common"],
    [
      "scopes of two APIs",
      { scope: `api://${api.clientId}/.default https://graph.microsoft.com/.default` },
      400,
      "invalid_scope",
      28000,
    ],
    [
      "a client assertion by nobody",
      {
        client_secret: undefined,
        client_assertion: "x.y.z",
        client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      },
      401,
      "invalid_client",
      700027,
    ],
  ])("with %s", async (_, changes, status, error, number, tenant = "home.example") => {
    const refused = await postToken(server.url, { ...clientCredentials, ...changes }, { tenant });
    expect(refused.status).toBe(status);
    expect(refused.body).toMatchObject({ error, error_codes: [number] });
    expect(JSON.stringify(refused.body)).not.toContain(daemon.clientSecret);
  });

  test("has Entra ID's body, with the caller's correlation id", async () => {
    const correlationId = crypto.randomUUID();
    const { body, headers } = await postToken(
      server.url,
      { ...clientCredentials, client_secret: "wrong" },
      { headers: { "client-request-id": correlationId, Origin: "https://app.example" } },
    );
    expect(Object.keys(body)).toEqual([
      "error",
      "error_description",
      "error_codes",
      "timestamp",
      "trace_id",
      "correlation_id",
      "error_uri",
    ]);
    expect(body["timestamp"]).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/);
    expect(body["trace_id"]).toMatch(guid);
    expect(body["correlation_id"]).toBe(correlationId);
    expect(body["error_uri"]).toBe("https://login.microsoftonline.com/error?code=7000215");
    const ids = `\r\nTrace ID: ${body["trace_id"]}\r\nCorrelation ID: ${correlationId}\r\nTimestamp: ${body["timestamp"]}`;
    expect(body["error_description"]).toMatch(/^AADSTS7000215: Invalid client secret provided\./);
    expect(String(body["error_description"]).endsWith(ids)).toBe(true);
    expect(headers.get("access-control-allow-origin")).toBe("*");
  });

  test("that is not a form, repeats a parameter or is huge is refused", async () => {
    const post = async (body: string, type = "application/x-www-form-urlencoded") => {
      const response = await fetch(`${server.url}/home.example/oauth2/v2.0/token`, {
        method: "POST",
        body,
        headers: { "Content-Type": type },
      });
      return { status: response.status, text: await response.text() };
    };
    expect((await post(JSON.stringify(clientCredentials), "application/json")).text).toContain("AADSTS900144");
    expect((await post("grant_type=a&grant_type=b")).text).toContain("AADSTS9002313");
    expect((await post(`grant_type=${"x".repeat(300_000)}`)).status).toBe(413);
  });

  test("can be read by scripts of another origin, after a preflight", async () => {
    const preflight = await fetch(`${server.url}/home.example/oauth2/v2.0/token`, {
      method: "OPTIONS",
      headers: { Origin: "https://app.example", "Access-Control-Request-Method": "POST" },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("access-control-allow-origin")).toBe("*");
    const page = await fetch(`${server.url}/home.example/oauth2/v2.0/authorize`, {
      headers: { Origin: "https://app.example" },
    });
    expect(page.headers.get("access-control-allow-origin")).toBeNull();
  });

  test("by a public client without a user is refused", async () => {
    const { status, body } = await postToken(server.url, {
      grant_type: "client_credentials",
      client_id: client.clientId,
      scope: `api://${api.clientId}/.default`,
    });
    expect([status, body["error"]]).toEqual([401, "invalid_client"]);
  });
});
