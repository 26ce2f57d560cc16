import { randomUUID } from "node:crypto";
import type { ServiceHandler } from "./handler.js";
import { opaque } from "./users.js";

const RESOURCE_ID = "e0000000-0000-4000-8000-000000000001";
const LIFETIME_IN_MS = 24 * 3600 * 1000;

/** Identities, tokens and the exchange of Teams tokens. */
export function createCommunication(): ServiceHandler {
  return ({ method, path, body }) => {
    if (method === "DELETE") return { status: 204 };
    if (path === "/identities") {
      const identity = { id: `8:acs:${RESOURCE_ID}_${randomUUID()}` };
      const { createTokenWithScopes = [] }: { createTokenWithScopes?: unknown[] } = body === "" ? {} : JSON.parse(body);
      return {
        status: 201,
        body: { identity, ...(createTokenWithScopes.length > 0 && { accessToken: accessToken() }) },
      };
    }
    if (/:(?:issue|exchange)AccessToken$/.test(path)) return { status: 200, body: accessToken() };
    return { status: 404, body: { error: { code: "NotFound", message: "No such operation." } } };
  };
}

/** As long as a token of the real service. */
function accessToken() {
  return { token: opaque(780), expiresOn: new Date(Date.now() + LIFETIME_IN_MS).toISOString() };
}
