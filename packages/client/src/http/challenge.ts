/** The attribute `claims` of a `Bearer` challenge, as a quoted string or a token. */
const CLAIMS = /\bBearer\b.*?[\s,]claims=(?:"((?:[^"\\]|\\.)*)"|([^\s",]+))/i;

/**
 * The JSON text of a claims challenge, which Entra ID writes in base64 and others write as it is.
 *
 * @see https://learn.microsoft.com/entra/identity-platform/claims-challenge
 */
export function claimsOf(headers: Headers): string | undefined {
  const [, quoted, token] = CLAIMS.exec(headers.get("www-authenticate") ?? "") ?? [];
  const value = quoted?.replace(/\\(.)/g, "$1") ?? token;
  if (!value) return undefined;
  try {
    const text = value.startsWith("{") ? value : fromBase64(value);
    const claims: unknown = JSON.parse(text);
    return typeof claims === "object" && claims !== null ? text : undefined;
  } catch {
    return undefined;
  }
}

function fromBase64(text: string): string {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return new TextDecoder().decode(Uint8Array.from(binary, (character) => character.charCodeAt(0)));
}
