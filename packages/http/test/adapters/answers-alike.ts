import { createServer } from "node:http";
import { toNodeListener } from "@acs-auth/http";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { close, listen } from "../support/serve.js";
import { type Case, cases, strangePaths } from "./cases.js";
import { type Answer, exchange, withoutNewIds } from "./exchange.js";
import { createFixture, tokens } from "./fixtures/fixture.mjs";

/**
 * What a framework, or the server beneath it, decides itself: the status by the case's name or by the path. Status 200
 * for a strange path: it is normalized before the framework sees it.
 */
export interface OwnAnswers {
  readonly [nameOrPath: string]: number;
}

export const SEVERAL_HOSTS = "several Host headers";

/** Where the server normalizes URLs before anything in the application sees them. */
export const NORMALIZED = { "/api/token/../user": 200, "/api/./user": 200, "/api/token/%2e%2e/user": 200 } as const;

/** Fastify itself refuses a content type that is none. */
export const FASTIFY_ANSWERS = { "a body of no possible type": 415 } as const;

export interface Served {
  readonly port: number;
  close(): Promise<unknown>;
}

/**
 * Shows that a framework answers every case as `toNodeListener` does. It serves `createFixture()`, its counts at
 * `GET /counts`, and at `POST /own` the JSON that it has parsed itself.
 */
export function answersAlike(
  serve: () => Promise<Served>,
  ownAnswers: OwnAnswers = {},
  { knowsWhoIsGone = true } = {},
): void {
  const reference = createServer(toNodeListener(createFixture().handler));
  let referencePort: number;
  let served: Served;
  beforeAll(async () => {
    referencePort = await listen(reference);
    served = await serve();
  }, 120_000);
  afterAll(async () => {
    await served?.close();
    await close(reference);
  });
  const isOwn = ({ name }: Case) => name in ownAnswers;

  it.each(cases.filter((request) => !isOwn(request)))("answers $name as Node does: $status", async (request) => {
    const expected = await exchange(referencePort, request);
    expect(expected.status).toBe(request.status);
    expect(await exchange(served.port, request)).toEqual(expected);
  });

  it.each(cases.filter(isOwn))("leaves $name to the framework", async (request) => {
    const answer = await exchange(served.port, request);
    expect(answer.status).toBe(ownAnswers[request.name]);
    expectNoSecret(answer);
  });

  it.each(strangePaths)("does not take %s for a route", async (path) => {
    const headers = { authorization: `Bearer ${tokens.caller}` };
    const answer = await exchange(served.port, { method: "GET", path, headers });
    const { [path]: status = 404 } = ownAnswers;
    expect(answer.status).toBe(status);
    expect(answer.text.includes("acsUserIdentity")).toBe(status === 200);
    expectNoSecret(answer);
  });

  it(`refuses ${SEVERAL_HOSTS} as Node does, unless the framework decides: 400`, async () => {
    const headers = { authorization: `Bearer ${tokens.caller}` };
    const request = { method: "GET", path: "/api/user", headers, hosts: ["a.example", "b.example"] };
    const expected = withoutNewIds(await exchange(referencePort, request));
    expect(expected.status).toBe(400);
    const answer = withoutNewIds(await exchange(served.port, request));
    const { [SEVERAL_HOSTS]: status } = ownAnswers;
    if (status === undefined) expect(answer).toEqual(expected);
    else expect(answer.status).toBe(status);
  });

  it("leaves every other path, and its body, to the framework", async () => {
    const body = JSON.stringify({ mine: true });
    const headers = { "content-type": "application/json" };
    const answer = await exchange(served.port, { method: "POST", path: "/own", headers, body });
    expect(answer).toMatchObject({ status: 200, text: body });
    expect(answer.headers).not.toHaveProperty("x-request-id");
  });

  if (knowsWhoIsGone) {
    it("ends the service's wait for a client that is gone", async () => {
      const client = new AbortController();
      const counts = async () => JSON.parse((await exchange(served.port, { method: "GET", path: "/counts" })).text);
      const headers = { authorization: `Bearer ${tokens.patient}` };
      exchange(served.port, { method: "POST", path: "/api/token", headers, signal: client.signal }).catch(() => {});
      await vi.waitFor(async () => expect(await counts()).toEqual({ waiting: 1, gone: 0 }), 10_000);
      client.abort();
      await vi.waitFor(async () => expect(await counts()).toEqual({ waiting: 1, gone: 1 }), 10_000);
    });
  }
}

function expectNoSecret({ headers, text }: Answer): void {
  for (const token of Object.values(tokens)) expect(text + JSON.stringify(headers)).not.toContain(token);
}
