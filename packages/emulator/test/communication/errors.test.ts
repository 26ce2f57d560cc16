import { CommunicationIdentityClient } from "@azure/communication-identity";
import { beforeEach, describe, expect, it } from "vitest";
import { useEmulator } from "../support/emulator.js";
import { send, sign } from "../support/signed-request.js";

const emulator = useEmulator();
const resource = "e0000000-0000-4000-8000-000000000001";
const strangers = [
  `8:acs:${resource}_00000001-0000-4000-8000-000000000000`,
  "8:acs:00000000-0000-4000-8000-00000000000f_00000001-0000-4000-8000-000000000000",
  "bogus",
  "50% & more",
];

let client: CommunicationIdentityClient;
beforeEach(() => {
  client = new CommunicationIdentityClient(emulator().communication.connectionString);
});

async function call(method: string, path: string, body?: unknown) {
  const text = typeof body === "string" ? body : body === undefined ? "" : JSON.stringify(body);
  const { status, body: answer } = await send(sign(emulator(), method, path, text));
  return { status, ...answer };
}

function validationError(message: string, target?: string) {
  return { status: 400, error: { code: "ValidationError", message, ...(target && { target }) } };
}

describe("an identity that is not of the resource", () => {
  const notOwned = {
    statusCode: 401,
    code: "IdentityNotOwned",
    message: "Provided identity doesn't belong to the resource.",
  };

  it.each(strangers)("%s is refused by every operation", async (communicationUserId) => {
    const user = { communicationUserId };
    await expect(client.getToken(user, ["chat"])).rejects.toMatchObject(notOwned);
    await expect(client.revokeTokens(user)).rejects.toMatchObject(notOwned);
    await expect(client.deleteUser(user)).rejects.toMatchObject(notOwned);
  });
});

describe("creating", () => {
  it.each([{}, { createTokenWithScopes: null }, { createTokenWithScopes: [] }, { somethingElse: 1 }])(
    "makes an identity without a token of %j",
    async (body) => {
      const answer = await call("POST", "/identities", body);
      expect(answer).toEqual({ status: 201, identity: { id: expect.stringContaining(`8:acs:${resource}_`) } });
    },
  );

  it.each(["[]", "null", "1", "{", '"text"'])("refuses the body %s", async (body) => {
    expect(await call("POST", "/identities", body)).toEqual(validationError("The request body is not a JSON object."));
  });

  it("refuses the customId of the withdrawn preview rather than break its promise", async () => {
    expect(await call("POST", "/identities", { customId: "mine" })).toMatchObject({
      status: 501,
      error: { code: "NotEmulated", target: "customId" },
    });
  });

  it("makes no identity when the token is refused", async () => {
    await expect(client.createUserAndToken(["chat"], { tokenExpiresInMinutes: 59 })).rejects.toMatchObject({
      statusCode: 400,
    });
    expect(emulator().state().communication.identities).toEqual([]);
  });
});

describe("a token's scopes", () => {
  it.each([{}, { scopes: null }, { scopes: [] }])("are required: %j", async (body) => {
    const { communicationUserId } = await client.createUser();
    const path = `/identities/${communicationUserId}/:issueAccessToken`;
    expect(await call("POST", path, body)).toEqual(
      validationError("Invalid scopes - Scopes field is required.", "scopes"),
    );
  });

  it.each([[["chat", "sms"]], ["chat"], [[1]]])("have to exist: %j", async (scopes) => {
    const { communicationUserId } = await client.createUser();
    const path = `/identities/${communicationUserId}/:issueAccessToken`;
    expect(await call("POST", path, { scopes })).toMatchObject({ status: 400, error: { code: "ValidationError" } });
  });
});

describe("a token's lifetime", () => {
  it.each([60, 1440])("may be %d minutes", async (tokenExpiresInMinutes) => {
    const { expiresOn } = await client.createUserAndToken(["chat"], { tokenExpiresInMinutes });
    expect(expiresOn.getTime() - Date.now()).toBeGreaterThan(tokenExpiresInMinutes * 60_000 - 10_000);
    expect(expiresOn.getTime() - Date.now()).toBeLessThanOrEqual(tokenExpiresInMinutes * 60_000);
  });

  it.each([59, 1441, 0, -1, 60.5, "60"])("may not be %j minutes", async (expiresInMinutes) => {
    const { communicationUserId } = await client.createUser();
    const expected = validationError(
      `ExpiresInMinutes value ${expiresInMinutes} is invalid. Value must be within the [60, 1440] interval.`,
      "ExpiresInMinutes",
    );
    const path = `/identities/${communicationUserId}/:issueAccessToken`;
    expect(await call("POST", path, { scopes: ["chat"], expiresInMinutes })).toEqual(expected);
    expect(await call("POST", "/identities", { createTokenWithScopes: ["chat"], expiresInMinutes })).toEqual(expected);
  });

  it("is written with seven digits of a second", async () => {
    const { accessToken } = await call("POST", "/identities", { createTokenWithScopes: ["chat"] });
    expect(accessToken.expiresOn).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}\+00:00$/);
  });
});

describe("the api-version", () => {
  it.each(["2021-03-07", "2022-10-01", "2023-10-01", "2025-06-30", "2026-09-23"])("may be %s", async (apiVersion) => {
    expect(await send(sign(emulator(), "POST", "/identities", "", { apiVersion }))).toMatchObject({ status: 201 });
  });

  it.each(["2023-10-02", "", "latest"])("may not be %j", async (apiVersion) => {
    const { status, body, headers } = await send(sign(emulator(), "POST", "/identities", "", { apiVersion }));
    expect(status).toBe(400);
    expect(body).toEqual({
      error: {
        code: "UnsupportedApiVersion",
        message: `The HTTP resource that matches the request URI '${emulator().communication.url}/identities' does not support the API version '${apiVersion}'.`,
      },
    });
    expect(headers.get("api-supported-versions")).toContain("2023-10-01");
  });

  it("of the Teams exchange is not older than the exchange", async () => {
    const path = "/teamsUser/:exchangeAccessToken";
    const answer = await send(sign(emulator(), "POST", path, "", { apiVersion: "2021-03-07" }));
    expect(answer).toMatchObject({ status: 400, body: { error: { code: "UnsupportedApiVersion" } } });
    expect(answer.headers.get("api-supported-versions")).not.toContain("2021-03-07");
  });
});

describe("headers", () => {
  it("of a success are those of the real service", async () => {
    const headers = { "x-ms-client-request-id": "the-request" };
    const answer = await send(sign(emulator(), "POST", "/identities", "", { headers }));
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "api-supported-versions": expect.stringContaining("2023-10-01"),
      "content-type": "application/json; charset=utf-8",
      "ms-cv": expect.stringMatching(/\.0$/),
      "request-context": "appId=",
      "x-ms-client-request-id": "the-request",
      "x-processing-time": expect.stringMatching(/^\d+ms$/),
    });
    expect(answer.headers.has("strict-transport-security")).toBe(false);
  });

  it("of an error are JSON too and echo the request's id", async () => {
    const headers = { "x-ms-client-request-id": "the-request" };
    const answer = await send(sign(emulator(), "DELETE", "/identities/unknown", "", { headers }));
    expect(answer.headers.get("content-type")).toBe("application/json");
    expect(answer.headers.get("x-ms-client-request-id")).toBe("the-request");
  });
});

it.each([
  ["GET", "/identities"],
  ["GET", "/"],
  ["PUT", "/identities/x"],
  ["POST", "/identities/x/:unknown"],
  ["POST", "/identities/x/issueAccessToken"],
])("%s %s is no operation", async (method, path) => {
  expect(await call(method, path)).toMatchObject({ status: 404, error: { code: "NotFound" } });
});

it("refuses a body that is far too large", async () => {
  expect(await call("POST", "/identities", { filler: "x".repeat(300_000) })).toMatchObject({ status: 413 });
});
