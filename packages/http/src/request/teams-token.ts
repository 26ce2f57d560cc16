import { invalidRequest } from "../errors/invalid-request.js";
import type { CallContext } from "../http-call.js";
import { readJsonObject } from "./json-body.js";

/** `b64token` of RFC 6750 §2.1, which JWTs and opaque tokens alike consist of. */
const TOKEN = /^[\w.~+/-]+=*$/;

/** The Teams user's token from the header `teams-user-aad-token`. */
export function teamsTokenOfHeader({ call }: CallContext): string {
  return checkToken("teams-user-aad-token", call.header("teams-user-aad-token"));
}

/** The Teams user's token from the body `{ "accessToken": … }`. */
export async function teamsTokenOfBody(context: CallContext): Promise<string> {
  const body = await readJsonObject(context, ["accessToken"]);
  return checkToken("accessToken", body?.["accessToken"]);
}

function checkToken(source: string, value: unknown): string {
  if (value === undefined || value === "")
    throw invalidRequest(source, `The Teams user's token is missing: ${source}.`);
  if (typeof value !== "string" || !TOKEN.test(value)) throw invalidRequest(source, `${source} is not a token.`);
  return value;
}
