import { isGuid } from "../user.js";

/** The scope-token of RFC 6749 section 3.3. */
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

const LOOPBACK_HOSTS = new Set(["localhost", "127.0.0.1", "[::1]"]);

export function checkString(value: unknown, option: string): string {
  if (typeof value !== "string" || value === "") throw new TypeError(`${option} must be a non-empty string.`);
  return value;
}

export function checkStrings(values: unknown, option: string): readonly string[] {
  if (!Array.isArray(values)) throw new TypeError(`${option} must be an array of strings.`);
  return values.map((value, index) => checkString(value, `${option}[${index}]`));
}

export function checkNonEmptyStrings(values: unknown, option: string): readonly string[] {
  const strings = checkStrings(values, option);
  if (strings.length === 0) throw new TypeError(`${option} must not be empty.`);
  return strings;
}

/** A GUID in lower case. */
export function checkGuid(value: unknown, option: string): string {
  if (!isGuid(value)) throw new TypeError(`${option} must be a GUID.`);
  return value.toLowerCase();
}

export function checkScopes(values: unknown, option: string): readonly string[] {
  const scopes = checkStrings(values, option);
  if (!scopes.every((scope) => SCOPE.test(scope))) {
    throw new TypeError(`${option} must name one scope per entry, without spaces.`);
  }
  return scopes;
}

export function checkNumber(value: unknown, option: string, minimum: number, maximum: number): number {
  if (typeof value !== "number" || !(value >= minimum && value <= maximum)) {
    throw new TypeError(`${option} must be a number from ${minimum} to ${maximum}.`);
  }
  return value;
}

/** An absolute https URL without credentials and fragment; plain http only where it stays on this machine and is asked for. */
export function checkUrl(value: unknown, option: string, allowInsecureLoopback = false): URL {
  const text = checkString(value, option);
  if (!URL.canParse(text)) throw new TypeError(`${option} must be an absolute URL.`);
  const url = new URL(text);
  if (url.username !== "" || url.password !== "" || url.hash !== "") {
    throw new TypeError(`${option} must be a URL without credentials and fragment.`);
  }
  if (!isTrustworthy(url, allowInsecureLoopback)) throw new TypeError(`${option} must use https.`);
  return url;
}

export function isTrustworthy(url: URL, allowInsecureLoopback: boolean): boolean {
  if (url.protocol === "https:") return true;
  return allowInsecureLoopback && url.protocol === "http:" && LOOPBACK_HOSTS.has(url.hostname);
}
