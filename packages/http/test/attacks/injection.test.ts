import { AcsAuthError, type AuthenticatedUser } from "@acs-auth/core";
import { createAcsAuthHandler } from "@acs-auth/http";
import { describe, expect, it } from "vitest";
import { CALLER_TOKEN, caller, scriptedService } from "../support/doubles.js";
import { serveRaw } from "../support/raw.js";
import { adapters } from "../support/serve.js";

const split = "x\r\nSet-Cookie: a=b\r\n\r\nHTTP/1.1 200 OK\r\n\r\n";

/** The headers of an answer, by lines. */
const linesOf = (answer: string) => answer.split("\r\n\r\n", 1)[0]?.split("\r\n") ?? [];

describe.each(Object.entries(adapters))("%s: line breaks cannot end a header", (_name, adapt) => {
  const ask = async (user: AuthenticatedUser, error: Error | undefined) => {
    const service = scriptedService({
      getUser: async () => {
        if (error) throw error;
        return { user, communicationUserId: split, createdOn: new Date() };
      },
    });
    const handler = createAcsAuthHandler({ service, verifier: { verify: async () => user } });
    const send = await serveRaw(adapt(handler));
    return send(
      "GET /api/user HTTP/1.1\r\nHost: api.example\r\nX-Request-Id: a%0d%0aSet-Cookie:a=b\r\n" +
        `Authorization: Bearer ${CALLER_TOKEN}\r\nConnection: close\r\n\r\n`,
    );
  };

  it("in the ids of a user or an identity", async () => {
    const answer = await ask({ ...caller, tenantId: split, objectId: split, clientId: split }, undefined);
    expect(linesOf(answer)[0]).toBe("HTTP/1.1 200 OK");
    expect(linesOf(answer).join("\n")).not.toMatch(/set-cookie/i);
  });

  it.each([
    ["message", new AcsAuthError("invalid_token", split, { reason: split })],
    ["scopes", new AcsAuthError("insufficient_scope", split, { requiredScopes: [split, 'x", error="none'] })],
    ["claims", new AcsAuthError("claims_challenge", split, { claims: split })],
    ["reason", new AcsAuthError("interaction_required", split, { reason: split })],
    ["delay", new AcsAuthError("throttled", split, { retryAfterInMs: Number.NaN })],
  ])("in the %s of an error", async (_part, error) => {
    const answer = await ask({ ...caller, claims: { xms_cc: ["cp1"] } }, error);
    expect(linesOf(answer)[0]).toBe(
      `HTTP/1.1 ${error.statusCode} ${linesOf(answer)[0]?.split(" ").slice(2).join(" ")}`,
    );
    const names = linesOf(answer).map((line) => line.split(":", 1)[0]?.toLowerCase());
    expect(names).not.toContain("set-cookie");
    expect(answer.match(/^HTTP\/1\.1 /gm)).toHaveLength(1);
  });
});
