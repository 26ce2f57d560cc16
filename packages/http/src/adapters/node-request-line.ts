import { type Incoming, pathOf } from "./node.js";

/** Methods that the Fetch standard forbids. */
const FORBIDDEN_METHODS = new Set(["CONNECT", "TRACE", "TRACK"]);
const ABSOLUTE = /^https?:/i;
const PLAIN_HOST = /^[\w.-]+(?::\d{1,5})?$/;

/** Whether servers and proxies in front are bound to have understood the request line and the host alike. */
export function isWellFormed(incoming: Incoming): boolean {
  return (
    !FORBIDDEN_METHODS.has(incoming.method ?? "") &&
    hasPlainTarget(incoming) &&
    hostsOf(incoming) < 2 &&
    hasHost(incoming)
  );
}

/** The host that the client has asked for; HTTP/1.0 knows none. */
export function hostOf({ headers }: Incoming): string {
  return headers[":authority"]?.toString() || headers.host || "localhost";
}

/** The absolute form (RFC 9112 section 3.2.2) may name neither a user nor an impossible port. */
function hasPlainTarget({ url = "" }: Incoming): boolean {
  if (pathOf({ url }).includes("\\")) return false;
  if (url.startsWith("/") || !URL.canParse(url)) return !ABSOLUTE.test(url);
  const { username, password } = new URL(url);
  return username === "" && password === "";
}

function hasHost(incoming: Incoming): boolean {
  const host = hostOf(incoming);
  return PLAIN_HOST.test(host) || (URL.canParse(`http://${host}`) && new URL(`http://${host}`).host === host);
}

/** Node takes the first of several; a proxy in front may have taken another (RFC 9112 section 3.2). */
function hostsOf({ rawHeaders }: Incoming): number {
  return rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === "host").length;
}
