import { describe, expect, test } from "vitest";
import { defaultFixtures } from "../../src/default-fixtures.js";
import { clientWith, graphClient, graphErrorOf, graphToken, useGraph } from "./support/graph-server.js";

const extensionName = "com.example.settings";
const absent = "00000000-0000-4000-8000-000000000000";
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const server = useGraph();

async function send(method: string, path: string, body?: string, headers: Record<string, string> = {}) {
  const Authorization = `Bearer ${await graphToken(server())}`;
  return fetch(`${server().url}${path}`, {
    method,
    headers: { Authorization, ...headers },
    ...(body !== undefined && { body }),
  });
}

describe("the error envelope", () => {
  test("repeats the ids of the headers, which are the same without one from the client", async () => {
    const response = await send("GET", "/v1.0/me/extensions/none");
    const requestId = response.headers.get("request-id");
    expect(requestId).toMatch(guid);
    expect(response.headers.get("client-request-id")).toBe(requestId);
    expect(response.headers.has("x-ms-resource-unit")).toBe(false);
    expect(await response.json()).toEqual({
      error: {
        code: "ResourceNotFound",
        message: "Extension with given id not found.",
        innerError: {
          date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
          "request-id": requestId,
          "client-request-id": requestId,
        },
      },
    });
  });

  test("has the id the client sent, as do successes", async () => {
    const sent = { "client-request-id": absent };
    const refused = await send("GET", "/v1.0/me/extensions/none", undefined, sent);
    expect(refused.headers.get("client-request-id")).toBe(absent);
    expect(await refused.json()).toMatchObject({ error: { innerError: { "client-request-id": absent } } });
    const answered = await send("GET", "/v1.0/me", undefined, sent);
    expect(answered.headers.get("client-request-id")).toBe(absent);
    expect(answered.headers.get("request-id")).toMatch(guid);
  });

  test("becomes the SDK's GraphError", async () => {
    const client = await graphClient(server());
    expect(await graphErrorOf(client.api("/me/extensions/none").get())).toMatchObject({
      statusCode: 404,
      code: "ResourceNotFound",
      message: "Extension with given id not found.",
      requestId: expect.stringMatching(guid),
      date: expect.any(Date),
    });
  });
});

describe("what does not exist", () => {
  test.each(["get", "patch", "delete"] as const)("an extension, on %s", async (method) => {
    const client = await graphClient(server());
    expect(await graphErrorOf(client.api(`/me/extensions/${extensionName}`)[method]({}))).toMatchObject({
      statusCode: 404,
      code: "ResourceNotFound",
      message: "Extension with given id not found.",
    });
  });

  test("a user", async () => {
    const client = await graphClient(server(), { user: "user-one", scopes: ["User.Read.All"] });
    expect(await graphErrorOf(client.api(`/users/${absent}`).get())).toMatchObject({
      statusCode: 404,
      code: "Request_ResourceNotFound",
      message: `Resource '${absent}' does not exist or one of its queried reference-property objects are not present.`,
    });
  });

  test.each(["/extensions", `/extensions/${extensionName}`])("the user of %s", async (path) => {
    const client = await graphClient(server(), { user: "user-one", scopes: ["User.Read.All"] });
    expect(await graphErrorOf(client.api(`/users/${absent}${path}`).get())).toMatchObject({
      statusCode: 404,
      code: "ResourceNotFound",
      message: "Parent Object Not Found",
    });
  });

  test("a user of another tenant", async () => {
    const client = await graphClient(server(), { user: "user-one", scopes: ["User.Read.All"] });
    const { objectId } = defaultFixtures.users.foreign;
    expect(await graphErrorOf(client.api(`/users/${objectId}`).get())).toMatchObject({ statusCode: 404 });
  });

  test.each([
    ["/extensions", "extensions"],
    ["/extensions/com.example.settings", "extensions"],
    ["/me/extension", "extension"],
    [`/users/${absent}/extension/x`, "extension"],
    ["/me/extensions/x/y", "y"],
  ])("the path %s", async (path, segment) => {
    const client = await graphClient(server());
    expect(await graphErrorOf(client.api(path).get())).toMatchObject({
      statusCode: 400,
      code: "RequestBroker--ParseUri",
      message: `Resource not found for the segment '${segment}'.`,
    });
  });

  test("another version of the API", async () => {
    const client = await graphClient(server());
    expect(await graphErrorOf(client.api("/me").version("v2.0").get())).toMatchObject({
      code: "RequestBroker--ParseUri",
      message: "Resource not found for the segment 'v2.0'.",
    });
  });

  test("in the emulator: the beta version", async () => {
    const client = await graphClient(server());
    expect(await graphErrorOf(client.api("/me").version("beta").get())).toMatchObject({
      statusCode: 501,
      code: "NotEmulated",
    });
  });

  test("a method", async () => {
    const client = await graphClient(server());
    expect(await graphErrorOf(client.api(`/me/extensions/${extensionName}`).put({}))).toMatchObject({
      statusCode: 405,
      code: "Request_BadRequest",
    });
  });
});

describe("a request body", () => {
  const post = (body: string) => send("POST", "/v1.0/me/extensions", body);

  test.each([
    ["no JSON", "{", "Unable to read JSON"],
    ["no object", "[]", "Unable to read JSON"],
    ["no name", "{}", "extensionName"],
    ["an empty name", '{"extensionName":""}', "extensionName"],
    ["a name that is no text", '{"extensionName":1}', "extensionName"],
    ["an object as value", '{"extensionName":"a","value":{}}', "'value'"],
    ["an array of objects", '{"extensionName":"a","value":[{}]}', "'value'"],
    ["another type", '{"extensionName":"a","@odata.type":"microsoft.graph.group"}', "microsoft.graph.group"],
  ])("with %s is refused", async (_, body, message) => {
    const response = await post(body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: { code: "BadRequest", message: expect.stringContaining(message) },
    });
    expect(server().graph.state().users).toEqual([]);
  });

  test("of the abstract type is refused", async () => {
    const client = await graphClient(server());
    await client.api("/me/extensions").post({ extensionName });
    const patch = client.api(`/me/extensions/${extensionName}`).patch({ "@odata.type": "microsoft.graph.extension" });
    expect(await graphErrorOf(patch)).toMatchObject({
      statusCode: 400,
      message: "Cannot process input of abstract type 'microsoft.graph.extension'",
    });
  });

  test("beyond all measure is refused", async () => {
    const response = await post(JSON.stringify({ extensionName, value: "x".repeat(300_000) }));
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ error: { code: "BadRequest" } });
  });
});

test.each([
  ["/me?$select=nickname", 400, "nickname"],
  ["/me?$expand=manager", 400, "extensions"],
  ["/me?$top=1", 501, "$top"],
  ["/me/extensions?$filter=id eq 'a'", 501, "$filter"],
])("the query of %s is refused with %i", async (path, status, message) => {
  const response = await send("GET", `/v1.0${path}`);
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ error: { message: expect.stringContaining(message) } });
});

describe("an access token", () => {
  const refusal = async (token: string) => {
    const error = await graphErrorOf(clientWith(server().url, token).api("/me/extensions").get());
    expect(error).toMatchObject({ statusCode: 401, code: "InvalidAuthenticationToken" });
    expect(error.headers?.get("www-authenticate")).toBe(
      `Bearer realm="", authorization_uri="${server().entraUrl}/common/oauth2/authorize"`,
    );
    expect(JSON.stringify(error)).not.toContain(token);
    return error.message;
  };

  test.each([
    ["expired", { lifetimeInSeconds: -60 }, "expired or is not yet valid"],
    ["not yet valid", { notBefore: Math.floor(Date.now() / 1000) + 3600 }, "expired or is not yet valid"],
    ["for another API", { audience: "api" }, "Invalid audience"],
    ["of another issuer", { claims: { iss: "https://login.example/" } }, "Invalid issuer"],
    ["signed with an unknown key", { signWith: "unpublished" }, "validation failure"],
  ] as const)("that is %s is refused", async (_, request, message) => {
    expect(await refusal(await graphToken(server(), request))).toContain(message);
  });

  test("that was tampered with is refused", async () => {
    const [header, payload = "", signature] = (await graphToken(server())).split(".");
    const claims = { ...JSON.parse(Buffer.from(payload, "base64url").toString()), scp: "User.ReadWrite.All" };
    const forged = Buffer.from(JSON.stringify(claims)).toString("base64url");
    expect(await refusal(`${header}.${forged}.${signature}`)).toContain("validation failure");
  });

  test("that is none is refused", async () => {
    expect(await refusal("none")).toBe("CompactToken parsing failed with error code: 80049217");
    const response = await fetch(`${server().url}/v1.0/me`);
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({
      error: { code: "InvalidAuthenticationToken", message: "Access token is empty." },
    });
  });

  test.each(["1.0", "2.0"] as const)("of version %s is accepted", async (version) => {
    const client = await graphClient(server(), { version });
    expect(await client.api("/me/extensions").post({ extensionName })).toMatchObject({ id: extensionName });
    expect(server().graph.state().users[0]?.extensions[0]?.createdBy).toBe(defaultFixtures.applications.api.clientId);
  });
});

describe("a national cloud", () => {
  const { resources } = defaultFixtures;
  const graph = { ...resources.graph, identifierUris: ["https://graph.microsoft.us"] };
  const national = useGraph({ fixtures: { ...defaultFixtures, resources: { ...resources, graph } } });

  test("takes tokens for its own Graph only", async () => {
    const own = await graphClient(national());
    expect(await own.api("/me").select("id").get()).toMatchObject({ id: defaultFixtures.users["user-one"].objectId });
    const global = await graphClient(national(), { claims: { aud: "https://graph.microsoft.com" } });
    await expect(global.api("/me").get()).rejects.toMatchObject({ statusCode: 401 });
  });
});
