/** The two parts of an ACS connection string. */
export interface ConnectionString {
  readonly endpoint: string;
  readonly accessKey: string;
}

/**
 * Reads `endpoint=…;accesskey=…`, in either order and any letter case.
 *
 * @throws TypeError that names what is wrong and never repeats the string.
 */
export function parseConnectionString(connectionString: string): ConnectionString {
  const parts = new Map<string, string>();
  for (const part of connectionString.split(";")) {
    const separator = part.indexOf("=");
    if (separator > 0) parts.set(part.slice(0, separator).trim().toLowerCase(), part.slice(separator + 1).trim());
  }
  const endpoint = parts.get("endpoint");
  const accessKey = parts.get("accesskey");
  if (!endpoint) throw malformed("it has no endpoint");
  if (!accessKey) throw malformed("it has no accesskey");
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(accessKey)) throw malformed("its accesskey is not base64");
  return { endpoint, accessKey };
}

function malformed(why: string): TypeError {
  return new TypeError(
    `The connection string is malformed: ${why}. Expected endpoint=https://<resource>.communication.azure.com/;accesskey=<key>.`,
  );
}

/**
 * The origin of an ACS endpoint.
 *
 * @throws TypeError if it is not an https URL without a path (http only where `allowInsecureConnection` is set).
 */
export function checkEndpoint(endpoint: string, allowInsecureConnection: boolean): string {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  const secure = url?.protocol === "https:" || (allowInsecureConnection && url?.protocol === "http:");
  if (!url || !secure || url.pathname !== "/" || url.search || url.hash || url.username) {
    throw new TypeError(
      "The ACS endpoint must be an https URL without a path, such as https://<resource>.communication.azure.com.",
    );
  }
  return url.origin;
}
