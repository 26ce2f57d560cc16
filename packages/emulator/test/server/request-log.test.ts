import { CommunicationIdentityClient } from "@azure/communication-identity";
import { describe, expect, it } from "vitest";
import { type LoggedRequest, RequestLog } from "../../src/server/request-log.js";
import { useEmulator } from "../support/emulator.js";
import { send, sign } from "../support/signed-request.js";

const emulator = useEmulator();

async function logged(): Promise<LoggedRequest[]> {
  const response = await fetch(`${emulator().admin.url}/log`);
  return (await response.json()) as LoggedRequest[];
}

function client() {
  const { connectionString } = emulator().communication;
  return new CommunicationIdentityClient(connectionString, { retryOptions: { maxRetries: 0 } });
}

it("has both sides of a request, and no secret", async () => {
  const { token } = await client().createUserAndToken(["chat"]);
  const log = await logged();
  expect(log).toMatchObject([
    {
      service: "communication",
      method: "POST",
      path: "/identities?api-version=2023-10-01",
      request: { body: expect.stringContaining('"createTokenWithScopes":["chat"]') },
      response: { status: 201, body: expect.stringContaining('"token":"eyJ') },
      durationInMs: expect.any(Number),
    },
  ]);
  expect(Date.parse(log[0]?.time ?? "")).toBeGreaterThan(Date.now() - 60_000);
  const text = JSON.stringify(log);
  for (const part of token.split(".")) expect(text).not.toContain(part);
});

it("has the redirect with an authorization code without the code", async () => {
  const { entra, fixtures } = emulator();
  const { clientId } = fixtures.applications.client;
  const query = `client_id=${clientId}&response_type=code&redirect_uri=http%3A%2F%2Flocalhost&scope=openid`;
  const challenge = "code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256";
  const answer = await fetch(`${entra.url}/common/oauth2/v2.0/authorize?${query}&${challenge}`, {
    method: "POST",
    body: new URLSearchParams({ user: "user-one" }),
    redirect: "manual",
  });
  const code = new URL(answer.headers.get("location") ?? "").searchParams.get("code") ?? "";
  const cookie = /^[^=]+=([^;]+)/.exec(answer.headers.getSetCookie()[0] ?? "")?.[1] ?? "";
  const text = JSON.stringify(await logged());
  expect(text).toContain("code=eyJ");
  for (const secret of [...code.split("."), ...cookie.split(".")].filter((part) => part.length > 20)) {
    expect(text).not.toContain(secret);
  }
});

it("answers as if there were no log", async () => {
  const response = await fetch(...sign(emulator(), "POST", "/identities"));
  expect(response.headers.get("transfer-encoding")).toBeNull();
  expect(response.headers.get("content-length")).toBe(String((await response.text()).length));
  const large = await send(sign(emulator(), "POST", "/identities", " ".repeat(300 * 1024)));
  expect(large.status).toBe(413);
});

it("keeps the first 8 KiB of a body", async () => {
  await send(sign(emulator(), "POST", "/identities", JSON.stringify({ filler: "x".repeat(20_000) })));
  const [{ request } = { request: undefined }] = await logged();
  expect(request?.body).toHaveLength(8192);
  expect(request?.bodyIsCut).toBe(true);
});

describe("a request that is struck", () => {
  it("by a status is logged with the answer it got", async () => {
    emulator().faults.add({ status: 503, code: "Busy" });
    await expect(client().createUser()).rejects.toThrow();
    expect(await logged()).toMatchObject([
      { fault: { status: 503 }, response: { status: 503, body: expect.stringContaining("Busy") } },
    ]);
  });

  it("by a lost reply is logged without an answer", async () => {
    emulator().faults.add({ connection: "reset", stage: "after" });
    await expect(client().createUser()).rejects.toThrow();
    const [entry] = await logged();
    expect(entry).toMatchObject({ fault: { connection: "reset", stage: "after" }, durationInMs: expect.any(Number) });
    expect(entry).not.toHaveProperty("response");
  });

  it("by silence is there while it hangs", async () => {
    emulator().faults.add({ connection: "hang" });
    const hanging = expect(client().createUser()).rejects.toThrow();
    await expect.poll(logged).toHaveLength(1);
    const [entry] = await logged();
    expect(entry).not.toHaveProperty("durationInMs");
    emulator().reset();
    await hanging;
  });
});

it("keeps the newest, and tells what has changed since it was read", () => {
  const log = new RequestLog(2);
  const add = (path: string) => log.add({ time: "", service: "graph", method: "GET", path, request: { headers: [] } });
  const paths = (entries: readonly LoggedRequest[]) => entries.map(({ path }) => path);
  const first = add("/1");
  add("/2");
  add("/3");
  expect(paths(log.list())).toEqual(["/2", "/3"]);

  log.replace(first);
  expect(paths(log.list())).toEqual(["/2", "/3"]);
  const { cursor, generation } = log.since(0);
  expect(log.since(cursor).entries).toEqual([]);
  log.replace({ ...add("/4"), durationInMs: 1 });
  expect(log.since(cursor).entries).toMatchObject([{ path: "/4", durationInMs: 1 }]);
  log.clear();
  expect(log.since(cursor)).toMatchObject({ entries: [], generation: generation + 1 });
});
