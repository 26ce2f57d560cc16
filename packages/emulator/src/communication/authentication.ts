import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import type { JWTPayload } from "jose";
import { denied } from "./communication-error.js";
import { isSigned } from "./hmac-authentication.js";

/** Verifies an Entra ID access token; rejects one that is not for any of the audiences. */
export type VerifyAccessToken = (token: string, audiences: readonly string[]) => Promise<JWTPayload>;

export interface AuthenticationOptions {
  readonly accessKey: string;
  readonly clockSkewInMinutes: number;
  readonly verifyAccessToken: VerifyAccessToken;
  readonly now: () => number;
}

/** The SDK asks for `https://communication.azure.com//.default`, whose audience ends in a slash. */
const audiences = ["https://communication.azure.com", "https://communication.azure.com/"];

export function bearerToken(c: Context): string | undefined {
  return /^Bearer (\S+)$/i.exec(c.req.header("Authorization") ?? "")?.[1];
}

/** Lets requests through that are signed with the access key or carry an Entra ID token for Communication Services. */
export function authenticate({ accessKey, clockSkewInMinutes, verifyAccessToken, now }: AuthenticationOptions) {
  const clockSkewInMs = clockSkewInMinutes * 60_000;
  return createMiddleware<{ Bindings: HttpBindings }>(async (c, next) => {
    const bearer = bearerToken(c);
    if (bearer) {
      await verifyAccessToken(bearer, audiences).catch(() => Promise.reject(denied()));
    } else {
      const body = new Uint8Array(await c.req.arrayBuffer());
      if (!isSigned(c.env.incoming, body, { accessKey, clockSkewInMs, now: now() })) throw denied();
    }
    await next();
  });
}
