import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { EntraContext } from "../context.js";
import { restoreSignIn, type SignIn, type StoredSignIn, storeSignIn } from "../sign-in.js";

const cookieName = "entra-emulator-session";
const lifetimeInSeconds = 24 * 60 * 60;
/** Hidden frames of applications on other origins must be able to send it. */
const attributes = { path: "/", secure: true, httpOnly: true, sameSite: "None" } as const;

export async function readSession(c: Context, context: EntraContext): Promise<SignIn | undefined> {
  const cookie = getCookie(c, cookieName);
  if (cookie === undefined) return undefined;
  const stored = await context.sealedTokens.unseal<StoredSignIn>("session", cookie);
  return typeof stored === "string" ? undefined : restoreSignIn(stored, context);
}

export async function startSession(c: Context, signIn: SignIn, context: EntraContext): Promise<void> {
  const sealed = await context.sealedTokens.seal("session", storeSignIn(signIn, context), lifetimeInSeconds);
  setCookie(c, cookieName, sealed, { ...attributes, maxAge: lifetimeInSeconds });
}

export function endSession(c: Context): void {
  deleteCookie(c, cookieName, attributes);
}
