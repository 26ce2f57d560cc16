/**
 * The claims of a `WWW-Authenticate` header with `error="insufficient_claims"`, decoded to their JSON text.
 *
 * @see https://learn.microsoft.com/entra/identity-platform/claims-challenge
 */
export function claimsOfChallenge(header: string | null | undefined): string | undefined {
  if (!header || !/\berror="?insufficient_claims\b/i.test(header)) return undefined;
  const encoded = /\bclaims="([^"]+)"/i.exec(header)?.[1];
  if (!encoded) return undefined;
  const claims = Buffer.from(encoded, "base64").toString("utf8");
  return isJsonObject(claims) ? claims : undefined;
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null;
  } catch {
    return false;
  }
}
