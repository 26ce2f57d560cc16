import { RetryHandlerOptions } from "@microsoft/microsoft-graph-client";
import { describe, expect, test } from "vitest";
import { startEmulator } from "../../src/index.js";
import { useEmulator } from "../support/emulator.js";
import { clientWith, graphErrorOf } from "./support/graph-server.js";

const emulator = useEmulator({ graph: { extensionsPerApplication: 1 } });
const extension = { extensionName: "com.example.settings", value: "a" };
const path = `/me/extensions/${extension.extensionName}`;

const mint = () => emulator().mintToken({ user: "user-one", application: "api", audience: "graph" });
const client = async () => clientWith(emulator().graph.url, await mint());
const withoutRetries = [new RetryHandlerOptions(0, 0)];

async function admin(method: string, route: string, body: unknown) {
  const response = await fetch(`${emulator().admin.url}${route}`, { method, body: JSON.stringify(body) });
  return response.status;
}

test("startEmulator passes the options on, counts requests and shows the state", async () => {
  const graph = await client();
  await graph.api("/me/extensions").post(extension);
  await expect(graph.api("/me/extensions").post({ extensionName: "com.example.second" })).rejects.toThrow("Maximum");
  await graph.api(path).get();
  await graph
    .api("/nothing")
    .get()
    .catch(() => undefined);
  expect(emulator().requests.list()).toEqual([
    { service: "graph", route: "POST /v1.0/me/extensions", count: 2 },
    { service: "graph", route: "GET /v1.0/me/extensions/{extension}", count: 1 },
    { service: "graph", route: "GET (no route)", count: 1 },
  ]);
  const state = await fetch(`${emulator().admin.url}/state`);
  const extensions = [{ id: extension.extensionName, properties: extension }];
  expect(await state.json()).toMatchObject({ graph: { users: [{ user: "user-one", extensions }] } });
  expect(JSON.stringify(emulator().state())).not.toContain((await mint()).split(".")[0]);
  emulator().reset();
  expect(emulator().state().graph.users).toEqual([]);
});

describe("faults", () => {
  test("throttle in the format of Microsoft Graph, and the SDK waits and repeats", async () => {
    emulator().faults.add({
      service: "graph",
      method: "GET",
      status: 429,
      times: 1,
      headers: { "Retry-After": "0.5" },
    });
    const graph = await client();
    const before = performance.now();
    expect(await graph.api("/me/extensions").get()).toMatchObject({ value: [] });
    expect(performance.now() - before).toBeGreaterThanOrEqual(500);
    expect(emulator().requests.count({ service: "graph" })).toBe(2);
  });

  test.each([
    ["get", "ResourceUnitLimitExceeded"],
    ["delete", "WriteLimitExceeded"],
  ] as const)("say what is throttled on %s", async (method, information) => {
    emulator().faults.add({ service: "graph", status: 429, retryAfterInSeconds: 7 });
    const graph = await client();
    const error = await graphErrorOf(graph.api(path).middlewareOptions(withoutRetries)[method]());
    expect(error).toMatchObject({ statusCode: 429, code: "TooManyRequests", message: "Please retry again later." });
    expect(JSON.parse(String(error.body))).toMatchObject({ innerError: { code: "429", status: "429" } });
    const { applications, tenants } = emulator().fixtures;
    expect(Object.fromEntries(error.headers ?? [])).toMatchObject({
      "request-id": error.requestId,
      "client-request-id": expect.any(String),
      "retry-after": "7",
      "x-ms-throttle-information": information,
      "x-ms-throttle-scope": `Tenant_Application/ReadWrite/${applications.api.clientId}/${tenants.home.id}`,
    });
  });

  test("throttle a request without a token as well", async () => {
    emulator().faults.add({ service: "graph", status: 429 });
    const response = await fetch(`${emulator().graph.url}/v1.0/me`);
    expect(response.status).toBe(429);
    expect(response.headers.has("x-ms-throttle-scope")).toBe(false);
    expect(response.headers.has("retry-after")).toBe(false);
  });

  test("have other statuses and codes", async () => {
    emulator().faults.add({ service: "graph", status: 503, code: "serviceNotAvailable" });
    const error = await graphErrorOf((await client()).api("/me").middlewareOptions(withoutRetries).get());
    expect(error).toMatchObject({ statusCode: 503, code: "serviceNotAvailable", requestId: expect.any(String) });
  });

  test("lose the reply of a POST that the SDK repeats, so that its own success looks like a conflict", async () => {
    emulator().faults.add({ service: "graph", method: "POST", status: 504, stage: "after", times: 1 });
    const repeatAtOnce = [new RetryHandlerOptions(0.001, 1)];
    const post = (await client()).api("/me/extensions").middlewareOptions(repeatAtOnce).post(extension);
    expect(await graphErrorOf(post)).toMatchObject({ message: "An extension already exists with given id." });
    expect(emulator().requests.count({ route: "POST /v1.0/me/extensions" })).toBe(2);
  });
});

describe("the admin endpoint", () => {
  test("sets the replica lag", async () => {
    expect(await admin("POST", "/graph/replica-lag", { reads: 1 })).toBe(204);
    const graph = await client();
    await graph.api("/me/extensions").post(extension);
    await expect(graph.api(path).get()).rejects.toMatchObject({ statusCode: 404 });
    expect(await graph.api(path).get()).toMatchObject(extension);
    expect(await admin("POST", "/graph/replica-lag", { reads: -1 })).toBe(400);
  });

  test("requires claims", async () => {
    expect(await admin("POST", "/graph/claims-challenges", { user: "user-one" })).toBe(204);
    expect(await graphErrorOf((await client()).api("/me").get())).toMatchObject({ statusCode: 401 });
    expect(await admin("POST", "/graph/claims-challenges", { user: "nobody" })).toBe(400);
  });
});

describe("the Graph port", () => {
  test("left out is free when another one is", async () => {
    const other = await startEmulator({ ports: { entra: 0 } });
    expect(new URL(other.graph.url).port).not.toBe("8445");
    await other.close();
  });
});

test.each([
  [{ extensionsPerApplication: -1 }, "graph.extensionsPerApplication"],
  [{ unknown: { maximumSizeInBytes: 0.5 } }, "graph.unknown.maximumSizeInBytes"],
  [{ replicaLag: { milliseconds: -1 } }, "milliseconds"],
  [{ userAdministrators: ["nobody"] }, "nobody"],
])("the options %j are refused", async (graph, message) => {
  await expect(startEmulator({ ports: { entra: 0 }, graph })).rejects.toThrow(message);
});
