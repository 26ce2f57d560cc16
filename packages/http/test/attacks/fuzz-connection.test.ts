import { createAcsAuthHandler, type RequestSummary } from "@acs-auth/http";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scriptedService, scriptedVerifier } from "../support/doubles.js";
import { serveRaw } from "../support/raw.js";
import { adapters } from "../support/serve.js";
import { body, headers, line, token } from "./arbitraries.js";
import { expectSound, numRuns, refuseUnhandledRejections } from "./soundness.js";

refuseUnhandledRejections();

/** Ways of saying how long a body is: its length, chunks, or not at all. */
const framing = fc.constantFrom<(content: Buffer) => (string | Buffer)[]>(
  (content) => [`Content-Length: ${content.length}\r\n\r\n`, content],
  (content) => [
    `Transfer-Encoding: chunked\r\n\r\n${content.length.toString(16)}\r\n`,
    content,
    content.length > 0 ? "\r\n0\r\n\r\n" : "\r\n",
  ],
  () => ["\r\n"],
);

const message = fc
  .tuple(line, headers, token, framing, body)
  .map(([[method, path], headers, token, frame, content]) => {
    const fields = [...headers, ["Authorization", token]].map(([name, value]) => `${name}: ${value}\r\n`).join("");
    const head = `${method} ${path} HTTP/1.1\r\nHost: api.example\r\nConnection: close\r\n${fields}`;
    return Buffer.concat([head, ...frame(content)].map((part) => Buffer.from(part)));
  });

/** The first final answer of what a server sent. */
function readAnswer(received: string) {
  const [head = "", ...rest] = received.replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, "").split("\r\n\r\n");
  const [statusLine = "", ...fields] = head.split("\r\n");
  const found = new Map(
    fields.map((field) => {
      const [name = "", ...values] = field.split(": ");
      return [name.toLowerCase(), values.join(": ")];
    }),
  );
  return {
    status: Number(statusLine.split(" ")[1]),
    header: (name: string) => found.get(name),
    text: rest.join("\r\n\r\n"),
  };
}

describe.each(Object.entries(adapters))("%s: whatever is sent over a connection", (name, adapt) => {
  it("is answered soundly, or refused before it reaches the handler", async () => {
    const summaries: RequestSummary[] = [];
    const handler = createAcsAuthHandler({
      service: scriptedService(),
      verifier: scriptedVerifier(),
      maxBodyBytes: 200,
      onResponse: (summary) => void summaries.push(summary),
    });
    const send = await serveRaw(adapt(handler), { requestTimeout: 2_000, connectionsCheckingInterval: 100 });
    const property = fc.asyncProperty(message, async (message) => {
      const received = await send(message);
      const { status, header, text } = readAnswer(received);
      if (header("x-request-id")) {
        expectSound({ status, header, text: message.toString().startsWith("HEAD ") ? undefined : text });
      } else if (received !== "") {
        expect(status).toBeGreaterThanOrEqual(400);
        expect(status).toBeLessThan(500);
        expect(text).not.toContain("acs.token");
      }
      expect(summaries.splice(0).filter(({ status }) => status >= 500)).toEqual([]);
    });
    await fc.assert(property, { numRuns: name === "node:http" ? numRuns : Math.ceil(numRuns / 3) });
  }, 600_000);
});
