/** @throws TypeError that names the option. */
export function checkString(value: unknown, option: string): string {
  if (typeof value !== "string" || value === "") throw new TypeError(`${option} must be a non-empty string.`);
  return value;
}

/** An absolute https URL that consists of a host and, at most, a path. */
export function checkHttpsUrl(value: unknown, option: string): URL {
  const text = checkString(value, option);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== "https:" || url.username || url.password || url.search || url.hash) {
    throw new TypeError(`${option} must be an https URL without credentials, query and fragment.`);
  }
  return url;
}

/** A whole number from 1 on. */
export function checkPositiveInteger(value: unknown, option: string): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 1) {
    throw new TypeError(`${option} must be a positive whole number.`);
  }
  return value;
}
