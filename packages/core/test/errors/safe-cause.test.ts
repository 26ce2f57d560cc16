import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { safeCause } from "../../src/errors/safe-cause.js";

const JWT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJzZWNyZXQifQ.c2lnbmF0dXJl";

describe("safeCause", () => {
  it("keeps what helps to find the fault", () => {
    const error = Object.assign(new Error("The table is gone."), {
      name: "RestError",
      code: "TableNotFound",
      statusCode: 404,
    });
    const cause = safeCause(error);
    expect(cause).toMatchObject({ name: "RestError", message: error.message, code: "TableNotFound", statusCode: 404 });
    expect(cause.stack).toContain("safe-cause.test.ts");
  });

  it("drops requests, responses and everything else attached", () => {
    const error = Object.assign(new Error("failed"), {
      request: { headers: { authorization: `Bearer ${JWT}` }, body: JWT },
      details: { token: JWT },
      cause: new Error(JWT),
    });
    expect(inspect(safeCause(error), { depth: 9, showHidden: true })).not.toContain("eyJ");
  });

  it.each([
    JWT,
    `Invalid connection string endpoint=https://x/;accesskey=${"k".repeat(20)}==`,
    `Authorization: HMAC-SHA256 SignedHeaders=host&Signature=${"s".repeat(20)}`,
    `password was ${"p".repeat(50)}`,
    `authorization: type%3Dmaster%26ver%3D1.0%26sig%3D${"s".repeat(20)}%2B${"p".repeat(20)}%3D`,
    `key ${"p".repeat(30)}%2F${"s".repeat(30)}%3D was refused`,
    `cannot fetch https://user:${JWT}@127.0.0.1/keys`,
    `several lines\n    at Bearer ${"p".repeat(50)}`,
  ])("blanks what looks like a secret: %s", (secret) => {
    const message = inspect(safeCause(new Error(secret)));
    expect(message).toContain("[redacted]");
    for (const part of [JWT, "k".repeat(20), "s".repeat(20), "p".repeat(20)]) expect(message).not.toContain(part);
  });

  it("blanks the credentials of a URL, and nothing else of it", () => {
    const { message } = safeCause(new Error("GET https://user:password@host.example/path?query failed"));
    expect(message).toBe("GET https://[redacted]@host.example/path?query failed");
  });

  it("takes no line of a message for a stack frame", () => {
    const error = new Error("first\n    at password (file.js:1:1)");
    expect(safeCause(error).stack?.match(/password/g)).toHaveLength(1);
  });

  it("blanks names and codes too", () => {
    const cause = safeCause(Object.assign(new Error("failed"), { name: JWT, code: JWT }));
    expect(inspect(cause, { depth: 9, showHidden: true })).not.toContain("eyJ");
  });

  it("accepts anything that can be thrown", () => {
    for (const thrown of [undefined, null, "text", 7, {}]) expect(safeCause(thrown)).toBeInstanceOf(Error);
    expect(safeCause(`text with ${JWT}`).message).not.toContain("eyJ");
  });

  it("bounds the message", () => {
    expect(safeCause(new Error("a b ".repeat(10_000))).message.length).toBeLessThan(600);
  });
});
