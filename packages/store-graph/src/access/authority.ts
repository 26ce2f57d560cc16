import { checkHttpsUrl } from "../option-checks.js";

/** Hosts of which `@azure/identity` knows the endpoints without asking. */
const MICROSOFT_HOSTS = new Set([
  "login.microsoftonline.com",
  "login.microsoftonline.us",
  "login.partner.microsoftonline.cn",
  "login.windows.net",
]);

/** The Entra ID that tokens are asked of. */
export interface Authority {
  readonly host: string;
  /** Whether it is one of Microsoft's; another one must not be looked up there. */
  readonly isMicrosofts: boolean;
}

/** The given host, else `AZURE_AUTHORITY_HOST` as with every credential of `@azure/identity`, else the cloud's. */
export function authority(authorityHost: string | undefined, cloudHost: string): Authority {
  const fromEnvironment = process.env["AZURE_AUTHORITY_HOST"] || undefined;
  const option = authorityHost === undefined ? "AZURE_AUTHORITY_HOST" : "authorityHost";
  const url = checkHttpsUrl(authorityHost ?? fromEnvironment ?? cloudHost, option);
  return { host: url.href.replace(/\/+$/, ""), isMicrosofts: MICROSOFT_HOSTS.has(url.hostname) };
}
