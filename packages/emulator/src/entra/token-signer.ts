import { type JWTHeaderParameters, type JWTPayload, SignJWT } from "jose";
import type { SigningKey } from "./keys.js";

/** Signs as Entra ID does: RS256 with `kid`, and `x5t` as well in v1.0 tokens. */
export async function signToken(
  claims: JWTPayload,
  key: SigningKey,
  header: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const protectedHeader: JWTHeaderParameters = {
    typ: "JWT",
    alg: "RS256",
    ...(claims["ver"] === "1.0" && { x5t: key.kid }),
    kid: key.kid,
    ...header,
  };
  return new SignJWT(claims).setProtectedHeader(protectedHeader).sign(key.privateKey);
}
