/** A document of the sign-in service that anybody may read: to see whether the browser reaches and trusts it. */
export function probeUrl(authority: string): string {
  return `${authority}/v2.0/.well-known/openid-configuration`;
}

/** Browsers do not tell a script why a request failed: a certificate that is not trusted looks like no network. */
export async function isReachable(authority: string): Promise<boolean> {
  try {
    await fetch(probeUrl(authority), { credentials: "omit", cache: "no-store" });
    return true;
  } catch {
    return false;
  }
}
