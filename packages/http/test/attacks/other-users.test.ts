import type { AuthenticatedUser } from "@acs-auth/core";
import { createAcsAuthHandler } from "@acs-auth/http";
import { expect, it } from "vitest";
import { caller, scriptedService, scriptedVerifier } from "../support/doubles.js";
import { adapters, serve } from "../support/serve.js";

const victim = "8:acs:11111111-1111-4111-8111-111111111111_22222222-2222-4222-8222-222222222222";

it.each(Object.entries(adapters))(
  "%s: whoever a request names, it is its token's user who is served",
  async (_, adapt) => {
    const users: AuthenticatedUser[] = [];
    const service = scriptedService();
    for (const method of ["getUser", "getOrCreateUser", "issueToken", "revokeTokens", "deleteUser"] as const) {
      const answer = service[method];
      Object.assign(service, {
        [method]: (user: AuthenticatedUser, options: object) => {
          users.push(user);
          return Reflect.apply(answer, service, [user, options]);
        },
      });
    }
    const ask = await serve(adapt(createAcsAuthHandler({ service, verifier: scriptedVerifier() })));
    const names = { tenantId: victim, objectId: victim, oid: victim, userId: victim, communicationUserId: victim };
    const headers = { "x-user-id": victim, "x-ms-client-principal-id": victim, "x-forwarded-user": victim };
    const query = new URLSearchParams(names).toString();
    for (const [method, path] of [
      ["GET", "/api/user"],
      ["POST", "/api/user"],
      ["GET", "/api/token"],
      ["POST", "/api/token"],
      ["POST", "/api/token/revoke"],
      ["DELETE", "/api/user"],
    ] as const) {
      const answer = await ask(method, `${path}?${query}`, { headers });
      expect(answer.status).toBeLessThan(300);
    }
    expect(users).toEqual(
      Array.from({ length: 6 }, () =>
        expect.objectContaining({ tenantId: caller.tenantId, objectId: caller.objectId }),
      ),
    );

    const answer = await ask("POST", "/api/token", { headers, body: { ...names, user: names } });
    expect(answer.problem()).toMatchObject({ status: 400, code: "invalid_request" });
  },
);
