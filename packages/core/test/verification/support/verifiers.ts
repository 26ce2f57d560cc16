import { EntraTokenVerifier, type KeySourceOptions } from "../../../src/index.js";
import { API, HOME, type TestAuthority } from "./test-authority.js";

/** A verifier that has fetched nothing yet. */
export function coldVerifier(authority: TestAuthority, keys: KeySourceOptions = {}): EntraTokenVerifier {
  return new EntraTokenVerifier({ clientId: API, tenantId: HOME, authorityHost: authority.url, keys });
}

/** A verifier that has its keys; the requests for them are forgotten. */
export async function warmVerifier(authority: TestAuthority, keys: KeySourceOptions = {}): Promise<EntraTokenVerifier> {
  const verifier = coldVerifier(authority, keys);
  await verifier.verify(await authority.mint());
  authority.server.requests.length = 0;
  return verifier;
}
