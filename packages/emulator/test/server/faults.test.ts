import { setTimeout as delay } from "node:timers/promises";
import { CommunicationIdentityClient } from "@azure/communication-identity";
import { describe, expect, it } from "vitest";
import type { Fault } from "../../src/index.js";
import { apiCredential, useEmulator } from "../support/emulator.js";
import { send, sign } from "../support/signed-request.js";

const emulator = useEmulator();
const create = () => send(sign(emulator(), "POST", "/identities"));
const identities = () => emulator().state().communication.identities;

/** What the SDK does without retries, so that each test sees the fault itself. */
function client(maxRetries = 0) {
  return new CommunicationIdentityClient(emulator().communication.connectionString, { retryOptions: { maxRetries } });
}

function add(fault: Fault) {
  return emulator().faults.add({ service: "communication", ...fault });
}

describe("a status", () => {
  it("is answered in the format of ACS, without an effect", async () => {
    add({ status: 500, code: "InternalError" });
    await expect(client().createUser()).rejects.toMatchObject({ statusCode: 500, code: "InternalError" });
    expect(identities()).toEqual([]);
  });

  it("has a code that suits it by default", async () => {
    add({ status: 503 });
    await expect(client().createUser()).rejects.toMatchObject({ statusCode: 503, code: "ServiceUnavailable" });
  });

  it("can come after the effect", async () => {
    add({ status: 500, stage: "after" });
    await expect(client().createUser()).rejects.toMatchObject({ statusCode: 500 });
    expect(identities()).toHaveLength(1);
  });

  it("is answered in the format of Entra ID", async () => {
    emulator().faults.add({
      service: "entra",
      method: "POST",
      path: "/{tenant}/oauth2/v2.0/token",
      status: 400,
      code: "invalid_grant",
    });
    const credential = apiCredential(emulator());
    await expect(credential.getToken("https://graph.microsoft.com/.default")).rejects.toThrow(
      /invalid_grant: .* Bad Request \(injected fault\)/,
    );
  });

  it("can have a body and headers of its own, like that of a gateway", async () => {
    add({ status: 502, body: "<h1>Bad gateway</h1>", headers: { "X-Gateway": "1" } });
    const response = await fetch(...sign(emulator(), "POST", "/identities"));
    expect(response.status).toBe(502);
    expect(response.headers.get("content-type")).toBe("text/html");
    expect(response.headers.get("x-gateway")).toBe("1");
    expect(await response.text()).toBe("<h1>Bad gateway</h1>");
  });
});

describe("throttling", () => {
  it("with Retry-After is retried by the SDK", async () => {
    add({ status: 429, retryAfterInSeconds: 0, times: 2 });
    await client(3).createUser();
    expect(emulator().requests.count({ service: "communication" })).toBe(3);
  });

  it("without Retry-After is not", async () => {
    add({ status: 429, times: 2 });
    await expect(client(3).createUser()).rejects.toMatchObject({ statusCode: 429, code: "TooManyRequests" });
    expect(emulator().requests.count({ service: "communication" })).toBe(1);
  });
});

describe("a connection", () => {
  it("is reset before the effect", async () => {
    add({ connection: "reset" });
    await expect(client().createUser()).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(identities()).toEqual([]);
  });

  it("is lost with the reply, after the effect", async () => {
    add({ connection: "reset", stage: "after" });
    await expect(client().createUser()).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(identities()).toHaveLength(1);
  });

  it("whose reply is lost once leaves two identities, since the SDK retries", async () => {
    add({ connection: "reset", stage: "after", times: 1 });
    await client(3).createUser();
    expect(identities()).toHaveLength(2);
  });

  it("hangs until the caller gives up", async () => {
    add({ connection: "hang" });
    await expect(client().createUser({ abortSignal: AbortSignal.timeout(200) })).rejects.toMatchObject({
      name: "AbortError",
    });
    expect(identities()).toEqual([]);
  });

  it("that hangs is cut by a reset", async () => {
    add({ connection: "hang" });
    const hanging = expect(client().createUser()).rejects.toMatchObject({ code: "ECONNRESET" });
    await requestsToArrive(1);
    emulator().reset();
    await hanging;
  });
});

it("holds many requests without a warning", async () => {
  const warnings: Error[] = [];
  const record = (warning: Error) => warnings.push(warning);
  process.on("warning", record);
  add({ delayInMs: 500 });
  const creations = Array.from({ length: 20 }, create);
  expect(new Set((await Promise.all(creations)).map(({ status }) => status))).toEqual(new Set([201]));
  process.off("warning", record);
  expect(warnings).toEqual([]);
});

describe("latency", () => {
  it("delays the effect", async () => {
    add({ delayInMs: 200 });
    const start = performance.now();
    const creation = create();
    await requestsToArrive(1);
    expect(identities()).toEqual([]);
    expect(await creation).toMatchObject({ status: 201 });
    expect(performance.now() - start).toBeGreaterThan(190);
  });

  it("delays the answer only, after the effect", async () => {
    add({ delayInMs: 1000, stage: "after" });
    const start = performance.now();
    const creation = create();
    await expect.poll(() => identities().length, { interval: 5 }).toBe(1);
    expect(performance.now() - start).toBeLessThan(900);
    expect(await creation).toMatchObject({ status: 201 });
    expect(performance.now() - start).toBeGreaterThan(900);
  });

  it("comes before a status", async () => {
    add({ delayInMs: 200, status: 500 });
    const start = performance.now();
    expect(await create()).toMatchObject({ status: 500 });
    expect(performance.now() - start).toBeGreaterThan(190);
  });

  it("has no effect any more after a reset", async () => {
    add({ delayInMs: 100 });
    const creation = create().catch(() => "cut");
    await requestsToArrive(1);
    emulator().reset();
    expect(await creation).toBe("cut");
    await delay(150);
    expect(identities()).toEqual([]);
  });
});

describe("a fault strikes", () => {
  it("only so many times, after so many requests", async () => {
    const fault = add({ status: 500, after: 1, times: 2 });
    const statuses = [];
    for (let n = 0; n < 5; n += 1) statuses.push((await create()).status);
    expect(statuses).toEqual([201, 500, 500, 201, 201]);
    expect(fault.struck).toBe(2);
  });

  it("only so many times, however many requests come at once", async () => {
    add({ status: 500, times: 7 });
    const answers = await Promise.all(Array.from({ length: 30 }, create));
    expect(answers.filter(({ status }) => status === 500)).toHaveLength(7);
    expect(identities()).toHaveLength(23);
  });

  it("only what it matches", async () => {
    add({ service: "entra", status: 500 });
    add({ method: "DELETE", status: 500 });
    add({ path: "/identities/{id}/:issueAccessToken", status: 500 });
    add({ path: "/identities/", status: 500 });
    add({ path: "/teamsUser/*", status: 500 });
    const user = await client().createUser();
    await client().revokeTokens(user);
    await expect(client().getToken(user, ["chat"])).rejects.toMatchObject({ statusCode: 500 });
    await expect(client().deleteUser(user)).rejects.toMatchObject({ statusCode: 500 });
    expect(
      emulator()
        .faults.list()
        .map(({ struck }) => struck),
    ).toEqual([0, 1, 1, 0, 0]);
  });

  it("one identity, named as it is in the URL", async () => {
    const [one, other] = [await client().createUser(), await client().createUser()];
    add({ path: `/identities/${encodeURIComponent(one.communicationUserId)}`, status: 500 });
    await expect(client().deleteUser(one)).rejects.toMatchObject({ statusCode: 500 });
    await client().deleteUser(other);
  });

  it("until it is removed", async () => {
    const [one, other] = [add({ status: 500 }), add({ status: 503 })];
    expect(await create()).toMatchObject({ status: 500 });
    one.remove();
    expect(await create()).toMatchObject({ status: 503 });
    expect(emulator().faults.remove(other.id)).toBe(true);
    expect(emulator().faults.remove(other.id)).toBe(false);
    expect(await create()).toMatchObject({ status: 201 });
  });

  it("until all are cleared", async () => {
    add({ status: 500 });
    emulator().faults.clear();
    expect(await create()).toMatchObject({ status: 201 });
    expect(emulator().faults.list()).toEqual([]);
  });
});

it.each<[unknown, RegExp]>([
  [{}, /needs a status, a connection fault or a delay/],
  [{ status: 200 }, /"status" must be/],
  [{ status: "500" }, /"status" must be/],
  [{ status: 500, connection: "reset" }, /not both/],
  [{ connection: "slow" }, /"connection" must be/],
  [{ status: 500, times: 0 }, /"times" must be/],
  [{ status: 500, after: -1 }, /"after" must be/],
  [{ delayInMs: 1.5 }, /"delayInMs" must be/],
  [{ status: 500, service: "graphs" }, /"service" must be/],
  [{ status: 500, stage: "during" }, /"stage" must be/],
  [{ status: 500, headers: { a: 1 } }, /"headers" must be/],
  [{ status: 500, toString: 1 }, /no member "toString"/],
  [null, /must be an object/],
])("refuses the fault %j", (fault, message) => {
  expect(() => emulator().faults.add(fault as Fault)).toThrow(message);
  expect(emulator().faults.list()).toEqual([]);
});

function requestsToArrive(count: number) {
  return expect.poll(() => emulator().requests.count({ service: "communication" }), { interval: 5 }).toBe(count);
}
