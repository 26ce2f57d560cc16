import type { RequestHandler } from "express";
import { expressjwt, type GetVerificationKey } from "express-jwt";
import jwksRsa from "jwks-rsa";

/** Checks signature and expiry with the published keys, as the sample does: neither audience nor issuer. */
export function checkToken(keysUrl: string): RequestHandler {
  const keys = jwksRsa.expressJwtSecret({ cache: true, rateLimit: true, jwksRequestsPerMinute: 5, jwksUri: keysUrl });
  const secret: GetVerificationKey = (request, token) => keys(request, token);
  return expressjwt({ secret, algorithms: ["RS256"], requestProperty: "user" });
}

/** The sample asks for a scope on its token routes only. */
export const checkScope: RequestHandler = (request, response, next) => {
  if (String(claimsOf(request)["scp"]).split(" ").includes("access_as_user")) next();
  else response.status(403).send("Insufficient scope");
};

export function claimsOf(request: object): Readonly<Record<string, unknown>> {
  const user: unknown = Reflect.get(request, "user");
  return typeof user === "object" && user !== null ? { ...user } : {};
}

export function accessTokenOf(authorization: string | undefined): string {
  return authorization?.split(" ")[1] ?? "";
}
