import { type CryptoKey, exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from "jose";
import type { BenchUser } from "../upstream.js";

export const TENANT_ID = "a0000000-0000-4000-8000-000000000001";
export const CLIENT_ID = "c0000000-0000-4000-8000-000000000001";
export const TEAMS_CLIENT_ID = "c0000000-0000-4000-8000-000000000002";
export const CLIENT_SECRET = "stand-in-secret";

const TEAMS_AUDIENCE = "https://auth.msft.communication.azure.com";
const LIFETIME_IN_SECONDS = 4_500;

export type User = BenchUser;

/** The issuers of version 1.0 and version 2.0 tokens; the tenant may be a template. */
export const ISSUERS = {
  v1: (tenant: string) => `https://sts.windows.net/${tenant}/`,
  v2: (tenant: string) => `https://login.microsoftonline.com/${tenant}/v2.0`,
};

/** The key that all tokens of users are signed with. */
export class SigningKey {
  readonly publicJwk: JWK;
  readonly #privateKey: CryptoKey;

  private constructor(publicJwk: JWK, privateKey: CryptoKey) {
    this.publicJwk = publicJwk;
    this.#privateKey = privateKey;
  }

  static async create(): Promise<SigningKey> {
    const { publicKey, privateKey } = await generateKeyPair("RS256", { extractable: true });
    return new SigningKey({ ...(await exportJWK(publicKey)), kid: "stand-in", use: "sig" }, privateKey);
  }

  sign(claims: JWTPayload): Promise<string> {
    return new SignJWT(claims).setProtectedHeader({ alg: "RS256", typ: "JWT", kid: "stand-in" }).sign(this.#privateKey);
  }
}

export async function createUsers(count: number, key: SigningKey): Promise<User[]> {
  const users: User[] = [];
  for (let index = 0; index < count; index++) {
    const objectId = `b1000000-0000-4000-8000-${String(index).padStart(12, "0")}`;
    const common = { ...lifetime(), tid: TENANT_ID, oid: objectId, name: `Fixture User ${index}`, sub: opaque(43) };
    const accessToken = await key.sign({
      ...common,
      ver: "2.0",
      iss: ISSUERS.v2(TENANT_ID),
      aud: CLIENT_ID,
      azp: TEAMS_CLIENT_ID,
      azpacr: "0",
      scp: "access_as_user",
      preferred_username: `bench-${index}@home.example`,
      aio: opaque(64),
      rh: opaque(40),
      uti: opaque(22),
    });
    const teamsUserAadToken = await key.sign({
      ...common,
      ver: "1.0",
      iss: ISSUERS.v1(TENANT_ID),
      aud: TEAMS_AUDIENCE,
      appid: TEAMS_CLIENT_ID,
      appidacr: "0",
      scp: "Teams.ManageCalls Teams.ManageChats",
      upn: `bench-${index}@home.example`,
      aio: opaque(64),
      rh: opaque(40),
      uti: opaque(22),
    });
    users.push({ objectId, accessToken, teamsUserAadToken });
  }
  return users;
}

/** As long as a real value, and as meaningless. */
export function opaque(length: number): string {
  return "A".repeat(length);
}

function lifetime() {
  const now = Math.floor(Date.now() / 1000);
  return { iat: now - 300, nbf: now - 300, exp: now + LIFETIME_IN_SECONDS };
}
