import { createHash } from "node:crypto";
import type { Caller } from "./graph-access.js";

/**
 * The caller's access token, which must be the asked-for user's own: `/me` is whoever the token belongs to. The token
 * was verified when the request came in; it is only read here.
 *
 * @throws TypeError if there is none or it is somebody else's.
 */
export function assertionOf({ user, userAssertion }: Caller): string {
  if (!userAssertion) {
    throw new TypeError(
      "onBehalfOf needs the user's access token (userAssertion). Pass the service the user that the token verifier " +
        "returned, or use appOnly for work without a signed-in user.",
    );
  }
  const { tid, oid } = readClaims(userAssertion);
  if (lowerCase(tid) !== user.tenantId || lowerCase(oid) !== user.objectId) {
    throw new TypeError("The userAssertion is not an Entra ID access token of the user that the call is about.");
  }
  return userAssertion;
}

/** A short name for an assertion from which it cannot be recovered. */
export function assertionKey(assertion: string): string {
  return createHash("sha256").update(assertion).digest("base64");
}

function readClaims(assertion: string): { readonly tid?: unknown; readonly oid?: unknown } {
  try {
    const claims: unknown = JSON.parse(Buffer.from(assertion.split(".")[1] ?? "", "base64url").toString("utf8"));
    return typeof claims === "object" && claims !== null ? claims : {};
  } catch {
    return {};
  }
}

function lowerCase(value: unknown): string | undefined {
  return typeof value === "string" ? value.toLowerCase() : undefined;
}
