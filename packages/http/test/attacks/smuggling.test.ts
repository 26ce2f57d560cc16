import { createAcsAuthHandler } from "@acs-auth/http";
import { describe, expect, it } from "vitest";
import { CALLER_TOKEN, scriptedService, scriptedVerifier } from "../support/doubles.js";
import { serveRaw, statusesOf } from "../support/raw.js";
import { adapters } from "../support/serve.js";

const caller = `Host: api.example\r\nAuthorization: Bearer ${CALLER_TOKEN}\r\n`;
const smuggled = `DELETE /api/user HTTP/1.1\r\n${caller}Connection: close\r\n\r\n`;

const post = (headers: string, body = "") => `POST /api/user HTTP/1.1\r\n${caller}${headers}\r\n\r\n${body}${smuggled}`;
const get = (headers: string) => `GET /api/user HTTP/1.1\r\n${headers}\r\n\r\n${smuggled}`;

describe.each(Object.entries(adapters))("%s: a second request inside a first", (_name, adapt) => {
  it.each([
    ["Content-Length and Transfer-Encoding", post("Content-Length: 5\r\nTransfer-Encoding: chunked", "0\r\n\r\n")],
    ["two lengths", post(`Content-Length: 0\r\nContent-Length: ${smuggled.length}`)],
    ["the same length twice", post("Content-Length: 0\r\nContent-Length: 0")],
    ["a list of lengths", post("Content-Length: 0, 0")],
    ["a length with a sign", post("Content-Length: +0")],
    ["a negative length", post("Content-Length: -1")],
    ["a hexadecimal length", post("Content-Length: 0x0")],
    ["two transfer encodings", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", "0\r\n\r\n")],
    ["an unknown transfer encoding", post("Transfer-Encoding: xchunked", "0\r\n\r\n")],
    ["a space before the colon", post("Transfer-Encoding : chunked", "0\r\n\r\n")],
    ["a vertical tab", post("Transfer-Encoding: \x0bchunked", "0\r\n\r\n")],
    ["a folded header", get(`${caller}X-Folded: a\r\n b`)],
    ["a folded token", get(`Host: api.example\r\nAuthorization: Bearer\r\n ${CALLER_TOKEN}`)],
    ["bare line feeds", `GET /api/user HTTP/1.1\n${caller.replaceAll("\r", "")}\n${smuggled}`],
    ["a bare line feed between headers", get(`X-Bare: a\n${caller}`)],
    ["a bare carriage return", get(`${caller}X-Bare: a\rb`)],
    ["a null byte", get(`${caller}X-Null: a\0b`)],
    ["a chunk of no length", post("Transfer-Encoding: chunked", "zz\r\n")],
    ["a chunk of negative length", post("Transfer-Encoding: chunked", "-1\r\n")],
    ["a chunk beyond 64 bits", post("Transfer-Encoding: chunked", "fffffffffffffffff\r\n")],
    ["a chunk longer than it says", post("Transfer-Encoding: chunked", "2\r\n{}XX\r\n0\r\n\r\n")],
    ["chunks that end in line feeds", post("Transfer-Encoding: chunked", "0\n\n")],
  ])("by %s is never executed; the connection ends with 400", async (_how, message) => {
    const service = scriptedService();
    const send = await serveRaw(adapt(createAcsAuthHandler({ service, verifier: scriptedVerifier() })));
    expect(statusesOf(await send(message))).toEqual([400]);
    expect(service.calls).toEqual([]);
  });

  it("as the body of a GET stays a body", async () => {
    const service = scriptedService();
    const send = await serveRaw(adapt(createAcsAuthHandler({ service, verifier: scriptedVerifier() })));
    const last = `GET /api/token HTTP/1.1\r\n${caller}Connection: close\r\n\r\n`;
    const answers = await send(
      `GET /api/user HTTP/1.1\r\n${caller}Content-Length: ${smuggled.length}\r\n\r\n${smuggled}${last}`,
    );
    expect(statusesOf(answers)).toEqual([200, 201]);
    expect(service.calls.map(({ method }) => method)).toEqual(["getUser", "issueToken"]);
  });

  it("after a body that was refused unread stays a body", async () => {
    const service = scriptedService();
    const handler = createAcsAuthHandler({ service, verifier: scriptedVerifier(), maxBodyBytes: 10 });
    const send = await serveRaw(adapt(handler));
    const headers = `Content-Type: application/json\r\nContent-Length: ${smuggled.length}`;
    await send(`POST /exchange HTTP/1.1\r\n${caller}${headers}\r\nConnection: close\r\n\r\n${smuggled}`);
    expect(service.calls).toEqual([]);
  });

  it("in a trailer changes nothing", async () => {
    const service = scriptedService();
    const send = await serveRaw(adapt(createAcsAuthHandler({ service, verifier: scriptedVerifier() })));
    const answer = await send(
      "POST /api/user HTTP/1.1\r\nHost: api.example\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n" +
        `0\r\nAuthorization: Bearer ${CALLER_TOKEN}\r\n\r\n`,
    );
    expect(statusesOf(answer)).toEqual([401]);
    expect(service.calls).toEqual([]);
  });
});
