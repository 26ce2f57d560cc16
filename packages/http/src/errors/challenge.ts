import { Buffer } from "node:buffer";
import type { AcsAuthError } from "@acs-auth/core";

/** What RFC 6750 §3 does not allow in the value of an attribute. */
const FORBIDDEN = /[^\x20\x21\x23-\x5B\x5D-\x7E]/g;

/**
 * The `WWW-Authenticate` challenge of an error, if another access token may help.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-3
 * @see https://learn.microsoft.com/entra/identity-platform/claims-challenge
 */
export function challengeOf(error: AcsAuthError, authorizationUri: string | undefined): string | undefined {
  switch (error.code) {
    case "missing_token":
      return "Bearer";
    case "invalid_token":
      return bearer({ error: "invalid_token", error_description: error.message });
    case "insufficient_scope":
      return bearer({ error: "insufficient_scope", scope: error.requiredScopes?.join(" ") });
    case "claims_challenge":
      return bearer({
        authorization_uri: authorizationUri,
        error: "insufficient_claims",
        claims: error.claims && base64(error.claims),
      });
    case "interaction_required":
      return bearer({ error: "interaction_required", error_description: error.message });
    default:
      return undefined;
  }
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

function bearer(attributes: Readonly<Record<string, string | undefined>>): string {
  const pairs = Object.entries(attributes)
    .filter(([, value]) => value)
    .map(([name, value]) => `${name}="${value?.replace(FORBIDDEN, "'")}"`);
  return `Bearer ${pairs.join(", ")}`;
}
