import { AcsAuthError, type AcsAuthErrorCode } from "@acs-auth/core";
import { logger } from "../logger.js";

interface Refusal {
  readonly code: AcsAuthErrorCode;
  readonly reason?: string;
  readonly message: string;
}

const TAMPERED = "The user's mapping in Microsoft Graph was not written by this server for this user";

/** Why a stored mapping is not followed. */
export const MappingRefusal = {
  unsigned: {
    code: "mapping_unsigned",
    message: "The user's mapping in Microsoft Graph carries no signature.",
  },
  badSignature: {
    code: "mapping_tampered",
    reason: "bad_signature",
    message: `${TAMPERED}: its signature does not fit.`,
  },
  unknownKey: {
    code: "mapping_tampered",
    reason: "unknown_key",
    message: `${TAMPERED}, or it was signed with a key that is no longer among mappingKeys.`,
  },
  malformed: {
    code: "mapping_tampered",
    reason: "malformed",
    message: `${TAMPERED}: a property is missing or no longer of its form.`,
  },
  invalid: {
    code: "mapping_invalid",
    message: "The user's extension in Microsoft Graph holds no mapping.",
  },
  adoptedByAnother: {
    code: "mapping_unsigned",
    reason: "in_use_by_another",
    message: "The user's unsigned mapping names an identity that another user has.",
  },
  adoptedMalformed: {
    code: "mapping_invalid",
    message: "The user's unsigned mapping names no ACS identity.",
  },
} as const satisfies Record<string, Refusal>;

/** Logs the security event, without saying whose, and makes the error. */
export function refusal({ code, reason, message }: Refusal): AcsAuthError {
  logger.error(`Security: a mapping was refused: ${code}${reason ? ` (${reason})` : ""}.`);
  return new AcsAuthError(code, message, reason ? { reason } : {});
}
