import { createAcsAuthHandler, type HandlerService } from "@acs-auth/http";
import { describe, expect, it } from "vitest";
import { COMMUNICATION_USER_ID, scriptedService, scriptedVerifier, TEAMS_TOKEN } from "./support/doubles.js";
import { adapters, serve } from "./support/serve.js";

const tokenBody = {
  token: "acs.token",
  expiresOn: "2026-01-01T00:00:00.000Z",
  user: { communicationUserId: COMMUNICATION_USER_ID, id: COMMUNICATION_USER_ID, rawId: COMMUNICATION_USER_ID },
};
const teamsBody = { token: "teams.acs.token", expiresOn: "2026-01-01T00:00:00.000Z" };

describe.each(Object.entries(adapters))("%s", (_name, adapt) => {
  const start = async (script: Partial<HandlerService> = {}) => {
    const service = scriptedService(script);
    const verifier = scriptedVerifier();
    const handler = createAcsAuthHandler({ service, verifier, exchangeScopes: ["exchange"] });
    return { service, verifier, ask: await serve(adapt(handler)) };
  };

  it("answers GET /api/user with the identity", async () => {
    const { ask } = await start();
    const answer = await ask("GET", "/api/user");
    expect(answer.status).toBe(200);
    expect(answer.json()).toEqual({ acsUserIdentity: COMMUNICATION_USER_ID });
  });

  it("answers GET /api/user with 404 for a user without identity", async () => {
    const { ask } = await start({ getUser: async () => undefined });
    const answer = await ask("GET", "/api/user");
    expect(answer.status).toBe(404);
    expect(answer.problem()).toMatchObject({ status: 404, title: "Not Found", code: "identity_not_found" });
  });

  it.each([
    [true, 201],
    [false, 200],
  ])("answers POST /api/user, created: %s, with %i", async (created, status) => {
    const { ask } = await start({
      getOrCreateUser: async () => ({ communicationUserId: COMMUNICATION_USER_ID, created }),
    });
    const answer = await ask("POST", "/api/user");
    expect(answer.status).toBe(status);
    expect(answer.json()).toEqual({ acsUserIdentity: COMMUNICATION_USER_ID });
  });

  it.each([true, false])("answers DELETE /api/user, deleted: %s, with 204 and no body", async (deleted) => {
    const { ask } = await start({ deleteUser: async () => ({ deleted }) });
    const answer = await ask("DELETE", "/api/user");
    expect(answer.status).toBe(204);
    expect(answer.text).toBe("");
    expect(answer.headers["content-type"]).toBeUndefined();
  });

  it("answers GET /api/token with the id under all three names and never creates", async () => {
    const { ask, service } = await start();
    const answer = await ask("GET", "/api/token");
    expect(answer.status).toBe(201);
    expect(answer.json()).toEqual(tokenBody);
    expect(service.calls).toEqual([{ method: "issueToken", options: {} }]);
  });

  it("answers POST /api/token without a body", async () => {
    const { ask, service } = await start();
    const answer = await ask("POST", "/api/token");
    expect(answer.status).toBe(201);
    expect(answer.json()).toEqual(tokenBody);
    expect(service.calls).toEqual([{ method: "issueToken", options: { createIfMissing: false } }]);
  });

  it("exchanges the Teams token of the header on GET /api/token/teams", async () => {
    const { ask, service } = await start();
    const answer = await ask("GET", "/api/token/teams", { headers: { "teams-user-aad-token": TEAMS_TOKEN } });
    expect(answer.status).toBe(201);
    expect(answer.json()).toEqual(teamsBody);
    expect(service.calls).toEqual([{ method: "exchangeTeamsToken", options: { teamsUserAadToken: TEAMS_TOKEN } }]);
  });

  it.each([
    ["/api/token/teams", 201, undefined],
    ["/exchange", 200, ["exchange"]],
  ])("exchanges the Teams token of the body on POST %s", async (path, status, requiredScopes) => {
    const { ask, service, verifier } = await start();
    const answer = await ask("POST", path, { body: { accessToken: TEAMS_TOKEN } });
    expect(answer.status).toBe(status);
    expect(answer.json()).toEqual(teamsBody);
    expect(service.calls).toEqual([{ method: "exchangeTeamsToken", options: { teamsUserAadToken: TEAMS_TOKEN } }]);
    expect(verifier.requiredScopes).toEqual([requiredScopes]);
  });

  it("answers POST /api/token/revoke with 204", async () => {
    const { ask, service } = await start();
    const answer = await ask("POST", "/api/token/revoke");
    expect(answer.status).toBe(204);
    expect(answer.text).toBe("");
    expect(service.calls).toEqual([{ method: "revokeTokens", options: {} }]);
  });

  it("tolerates a trailing slash and ignores the query", async () => {
    const { ask } = await start();
    const answer = await ask("GET", "/api/token/?access_token=x&scope=voip");
    expect(answer.json()).toEqual(tokenBody);
  });

  it("lets nobody cache, sniff or revalidate an answer", async () => {
    const { ask } = await start();
    for (const answer of [
      await ask("GET", "/api/token"),
      await ask("DELETE", "/api/user"),
      await ask("PUT", "/api/user"),
    ]) {
      expect(answer.headers).toMatchObject({ "cache-control": "no-store", "x-content-type-options": "nosniff" });
      expect(answer.headers["etag"]).toBeUndefined();
    }
  });
});
