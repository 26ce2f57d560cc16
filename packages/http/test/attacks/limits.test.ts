import { gzipSync } from "node:zlib";
import { createAcsAuthHandler, type RequestSummary, toExpress } from "@acs-auth/http";
import express from "express";
import { describe, expect, it } from "vitest";
import { CALLER_TOKEN, scriptedService, scriptedVerifier, TEAMS_TOKEN } from "../support/doubles.js";
import { serveRaw, statusesOf } from "../support/raw.js";
import { adapters } from "../support/serve.js";

const caller = `Host: api.example\r\nAuthorization: Bearer ${CALLER_TOKEN}\r\n`;
const exchange = `POST /exchange HTTP/1.1\r\n${caller}Content-Type: application/json\r\n`;

function start(maxBodyBytes = 1_000) {
  const summaries: RequestSummary[] = [];
  const service = scriptedService();
  const onResponse = (summary: RequestSummary) => void summaries.push(summary);
  const handler = createAcsAuthHandler({ service, verifier: scriptedVerifier(), maxBodyBytes, onResponse });
  return { handler, service, summaries };
}

describe.each(Object.entries(adapters))("%s: a slow request", (_name, adapt) => {
  const timeouts = { headersTimeout: 200, requestTimeout: 400, connectionsCheckingInterval: 50 };

  it.each([
    ["request line", "GET /api/us"],
    ["header", `GET /api/user HTTP/1.1\r\n${caller}X-Slow: `],
    ["body", `${exchange}Content-Length: 50\r\n\r\n{"acc`],
    ["body in chunks", `${exchange}Transfer-Encoding: chunked\r\n\r\n5\r\n{"acc\r\n`],
  ])("whose %s never ends is cut off by the server's timeouts", async (_part, message) => {
    const { handler, service, summaries } = start();
    const send = await serveRaw(adapt(handler), timeouts);
    expect(statusesOf(await send(message))).toEqual([408]);
    expect(service.calls).toEqual([]);
    expect(summaries.filter(({ status }) => status >= 500)).toEqual([]);
  });
});

describe("headers", () => {
  it("too long altogether are answered 431", async () => {
    const { handler, service } = start();
    const send = await serveRaw(adapters["node:http"]?.(handler) ?? (() => {}));
    const long = Array.from({ length: 40 }, (_, index) => `X-${index}: ${"a".repeat(1_000)}\r\n`).join("");
    expect(statusesOf(await send(`GET /api/user HTTP/1.1\r\n${caller}${long}\r\n`))).toEqual([431]);
    expect(service.calls).toEqual([]);
  });
});

describe("a compressed body", () => {
  const compressed = (value: unknown) => {
    const body = gzipSync(JSON.stringify(value));
    const head = `${exchange}Content-Encoding: gzip\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n`;
    return Buffer.concat([Buffer.from(head), body]);
  };

  it("is never inflated by the handler", async () => {
    const { handler, service } = start();
    const send = await serveRaw(adapters["node:http"]?.(handler) ?? (() => {}));
    expect(statusesOf(await send(compressed({ accessToken: TEAMS_TOKEN })))).toEqual([400]);
    expect(service.calls).toEqual([]);
  });

  it("that a body parser has inflated counts in full", async () => {
    const { handler, service } = start();
    const send = await serveRaw(express().use(express.json(), toExpress(handler)));
    expect(statusesOf(await send(compressed({ accessToken: "a".repeat(50_000) })))).toEqual([413]);
    expect(service.calls).toEqual([]);
    expect(statusesOf(await send(compressed({ accessToken: TEAMS_TOKEN })))).toEqual([200]);
  });
});
