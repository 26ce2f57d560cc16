import { KeyServer } from "./key-server.js";
import { createKey, type Json, signToken, type TestKey } from "./signing.js";

export const HOME = "a0000000-0000-4000-8000-00000000000a";
export const OTHER = "a0000000-0000-4000-8000-00000000000b";
export const USER = "b0000000-0000-4000-8000-00000000000c";
export const API = "c0000000-0000-4000-8000-00000000000d";
export const CLIENT = "c0000000-0000-4000-8000-00000000000e";

export type Version = "1.0" | "2.0";

export interface Minted {
  readonly version?: Version;
  readonly tenantId?: string;
  /** Set, or with `undefined` left out. Text takes the place of all claims. */
  readonly claims?: Json;
  readonly header?: Json;
  readonly key?: TestKey;
}

/** A sign-in host with two tenants that issues whatever token a test asks for. */
export class TestAuthority {
  readonly server: KeyServer;
  /** The keys published. */
  keys: TestKey[];
  /** The key that signs. */
  current: TestKey;

  private constructor(server: KeyServer, key: TestKey) {
    this.server = server;
    this.keys = [key];
    this.current = key;
    for (const tenant of [HOME, OTHER, "common"]) this.#publish(tenant);
  }

  static async start(): Promise<TestAuthority> {
    return new TestAuthority(await KeyServer.start(), await createKey("key-1"));
  }

  get url(): string {
    return this.server.url;
  }

  issuer(version: Version, tenantId: string): string {
    return version === "1.0" ? `${this.url}/${tenantId}/` : `${this.url}/${tenantId}/v2.0`;
  }

  /** Publishes a new key and, unless `publishOnly`, signs with it. */
  async rotate({ publishOnly = false } = {}): Promise<TestKey> {
    const key = await createKey(`key-${this.keys.length + 1}`);
    this.keys.push(key);
    if (!publishOnly) this.current = key;
    return key;
  }

  claims(version: Version = "2.0", tenantId: string = HOME): Record<string, unknown> {
    const now = Math.floor(Date.now() / 1000);
    return {
      iss: this.issuer(version, tenantId),
      aud: version === "1.0" ? `api://${API}` : API,
      ver: version,
      tid: tenantId,
      oid: USER,
      sub: "pairwise-subject",
      scp: "access_as_user",
      iat: now - 300,
      nbf: now - 300,
      exp: now + 3600,
      [version === "1.0" ? "appid" : "azp"]: CLIENT,
    };
  }

  mint({
    version = "2.0",
    tenantId = HOME,
    claims = {},
    header = {},
    key = this.current,
  }: Minted = {}): Promise<string> {
    return signToken(
      typeof header === "string" ? header : { typ: "JWT", alg: "RS256", kid: key.kid, ...header },
      typeof claims === "string" ? claims : { ...this.claims(version, tenantId), ...claims },
      key,
    );
  }

  close(): Promise<void> {
    return this.server.close();
  }

  #publish(tenant: string): void {
    const { documents } = this.server;
    const issuerTenant = tenant === "common" ? "{tenantid}" : tenant;
    for (const [version, path] of [
      ["1.0", ""],
      ["2.0", "/v2.0"],
    ] as const) {
      const keysPath = `/${tenant}/discovery${path}/keys`;
      documents.set(`/${tenant}${path}/.well-known/openid-configuration`, () => ({
        issuer: this.issuer(version, issuerTenant),
        jwks_uri: `${this.url}${keysPath}`,
      }));
      documents.set(keysPath, () => ({ keys: this.keys.map((key) => this.#publicJwk(key, version)) }));
    }
  }

  /** As with Entra, the v2.0 document marks each key with an issuer and the v1.0 document does not. */
  #publicJwk({ publicJwk }: TestKey, version: Version) {
    return version === "1.0" ? publicJwk : { issuer: this.issuer("2.0", "{tenantid}"), ...publicJwk };
  }
}
