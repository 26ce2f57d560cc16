import { AcsAuthError } from "@acs-auth/core";

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * The platform's session is a cookie, which browsers attach whichever site's page makes them send a request. What a
 * browser says of that page decides; a request that changes something and says nothing needs a bearer token, which no
 * browser attaches by itself.
 *
 * @throws AcsAuthError `forbidden` with the reason `cross_site`.
 * @see https://www.w3.org/TR/fetch-metadata/
 */
export function refuseCrossSite(request: Request, origins: readonly string[]): void {
  if (!isOwn(request, origins)) {
    throw new AcsAuthError("forbidden", "The request comes from another site.", { reason: "cross_site" });
  }
}

function isOwn({ headers, method, url }: Request, origins: readonly string[]): boolean {
  const site = headers.get("sec-fetch-site");
  if (site === "same-origin" || site === "none") return true;
  const origin = headers.get("origin");
  if (origin !== null) return origin === `https://${new URL(url).host}` || origins.includes(origin);
  if (site !== null) return false;
  return SAFE_METHODS.has(method) || /^bearer /i.test(headers.get("authorization") ?? "");
}
