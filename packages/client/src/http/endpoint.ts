const LOOPBACK = /^(?:localhost|.+\.localhost|127(?:\.\d+){3}|\[::1\])$/;

/**
 * The endpoint without a slash at its end.
 *
 * @throws TypeError unless it is an `https` URL, or an `http` URL of this machine, without query and fragment.
 */
export function checkEndpoint(endpoint: string): string {
  if (!URL.canParse(endpoint)) throw new TypeError("endpoint must be a URL, such as https://api.contoso.com.");
  const { protocol, hostname, origin, pathname, search, hash, username, password } = new URL(endpoint);
  if (protocol !== "https:" && !(protocol === "http:" && LOOPBACK.test(hostname))) {
    throw new TypeError("endpoint must start with https://; http:// is for this machine only.");
  }
  if (search || hash || username || password) {
    throw new TypeError("endpoint must be an origin, and the handler's basePath where there is one.");
  }
  return origin + pathname.replace(/\/+$/, "");
}
