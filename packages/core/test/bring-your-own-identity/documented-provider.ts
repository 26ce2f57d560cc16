import { afterEach, beforeAll, vi } from "vitest";
import { createKey, signToken, type TestKey } from "../verification/support/signing.js";

export interface DocumentedProvider {
  readonly metadataUrl: string;
  readonly issuer: string;
  /** The claims of a user's access token. */
  readonly claims: Readonly<Record<string, unknown>>;
}

/** Providers at the addresses that they document, in place of the network: their real ones cannot be asked for tokens. */
export function useProviders() {
  let key: TestKey;
  beforeAll(async () => {
    key = await createKey("key-1");
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  return {
    /** Answers the global `fetch`, which verifiers take when they are made. */
    publish({ metadataUrl, issuer }: DocumentedProvider): void {
      const keysUrl = new URL("/keys", metadataUrl).href;
      const documents = new Map<string, unknown>([
        [metadataUrl, { issuer, jwks_uri: keysUrl }],
        [keysUrl, { keys: [key.publicJwk] }],
      ]);
      vi.stubGlobal("fetch", async (url: URL) => {
        const document = documents.get(url.href);
        return Response.json(document ?? {}, { status: document ? 200 : 404 });
      });
    },

    /** A token of the provider; claims given as `undefined` are left out. */
    mint({ issuer, claims }: DocumentedProvider, changes: Readonly<Record<string, unknown>> = {}): Promise<string> {
      const now = Math.floor(Date.now() / 1000);
      const times = { iat: now, exp: now + 3600 };
      return signToken(
        { alg: "RS256", typ: "JWT", kid: key.kid },
        { iss: issuer, ...times, ...claims, ...changes },
        key,
      );
    },
  };
}
