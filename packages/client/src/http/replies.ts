import { AcsAuthError } from "../errors/acs-auth-error.js";
import { isToken } from "../sign-in.js";
import { isObject, jsonObject } from "./json.js";
import { requestIdOf } from "./problem.js";
import type { Reply } from "./send.js";

/** An ACS access token. */
export interface AcsToken {
  /** The token, for the SDKs of ACS. */
  readonly token: string;
  /** From when on ACS refuses it. */
  readonly expiresOn: Date;
}

/** A user's ACS identity. */
export interface AcsUser {
  /** `8:acs:<resource>_<user>` */
  readonly communicationUserId: string;
}

/** An ACS access token of a user's identity. */
export interface AcsUserToken extends AcsToken {
  /** The identity that the token is for. */
  readonly user: AcsUser;
}

/** @throws AcsAuthError `invalid_response`. */
export function readUser(reply: Reply): AcsUser {
  return { communicationUserId: identity(jsonObject(reply.text)?.["acsUserIdentity"], reply) };
}

/** @throws AcsAuthError `invalid_response`. */
export function readToken(reply: Reply): AcsToken {
  const { token, expiresOn } = jsonObject(reply.text) ?? {};
  const time = typeof expiresOn === "string" ? Date.parse(expiresOn) : Number.NaN;
  if (!isToken(token) || Number.isNaN(time)) throw invalidResponse("no token", reply);
  return { token, expiresOn: new Date(time) };
}

/** @throws AcsAuthError `invalid_response`. */
export function readUserToken(reply: Reply): AcsUserToken {
  const user = jsonObject(reply.text)?.["user"];
  const communicationUserId = identity(isObject(user) ? user["communicationUserId"] : undefined, reply);
  return { ...readToken(reply), user: { communicationUserId } };
}

function identity(value: unknown, reply: Reply): string {
  if (typeof value !== "string" || value === "") throw invalidResponse("no identity", reply);
  return value;
}

function invalidResponse(what: string, reply: Reply): AcsAuthError {
  const { status: statusCode } = reply;
  return new AcsAuthError("invalid_response", `The server answered ${statusCode} with ${what}.`, {
    statusCode,
    requestId: requestIdOf(reply),
  });
}
