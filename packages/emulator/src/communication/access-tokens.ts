import { randomUUID } from "node:crypto";
import { createLocalJWKSet, errors, type JWTPayload, jwtVerify, SignJWT } from "jose";
import { SigningKeys } from "../entra/keys.js";
import { type IssuedTokens, type TokenStatus, tokenStatus } from "./issued-tokens.js";

/** A token as the service answers it. */
export interface AccessToken {
  readonly token: string;
  /** With seven digits of a second, as the real service writes it. */
  readonly expiresOn: string;
}

/** Whether Azure Communication Services would accept an access token now. */
export type TokenIntrospection =
  | {
      /** It would. */
      readonly active: true;
      /** Whose token it is: `8:acs:<resource>_<user>`, or `8:orgid:<objectId>` of a Teams user. */
      readonly rawId: string;
      /** What it allows, such as `chat`. */
      readonly scopes: readonly string[];
      /** From when on it is refused. */
      readonly expiresOn: Date;
    }
  | {
      /** It would not. */
      readonly active: false;
      /** `invalid`: not signed here, or changed since. `unknown`: signed here and forgotten, as by a reset. */
      readonly reason: Exclude<TokenStatus, "active"> | "invalid" | "unknown";
    };

export interface AccessTokensOptions {
  readonly resourceId: string;
  readonly issued: IssuedTokens;
  readonly now: () => number;
}

/**
 * Issues and introspects access tokens. They have the claims observed in tokens of the real service, which are not
 * part of its contract, and `emulatorTokenId`, which tells apart the tokens issued within one second.
 */
export class AccessTokens {
  readonly keys: SigningKeys;
  readonly #options: AccessTokensOptions;

  private constructor(options: AccessTokensOptions, keys: SigningKeys) {
    this.#options = options;
    this.keys = keys;
  }

  static async create(options: AccessTokensOptions): Promise<AccessTokens> {
    return new AccessTokens(options, await SigningKeys.create());
  }

  async issue(rawId: string, scopes: readonly string[], expiresOn: number): Promise<AccessToken> {
    const { resourceId, issued, now } = this.#options;
    const { privateKey, kid: thumbprint } = this.keys.current;
    const issuedOn = now();
    const issuedAt = Math.floor(issuedOn / 1000);
    const id = randomUUID();
    // Before signing takes its time: what is revoked or deleted meanwhile takes this token along.
    issued.add(rawId, { id, scopes, issuedOn, expiresOn });
    const token = await new SignJWT({
      skypeid: rawId.replace(/^8:/, ""),
      scp: 1792,
      csi: String(issuedAt),
      exp: Math.floor(expiresOn / 1000),
      rgn: "amer",
      acsScope: scopes.join(","),
      resourceId,
      resourceLocation: "unitedstates",
      iat: issuedAt,
      emulatorTokenId: id,
    })
      .setProtectedHeader({ alg: "RS256", kid: "1", x5t: thumbprint, typ: "JWT" })
      .sign(privateKey);
    return { token, expiresOn: new Date(expiresOn).toISOString().replace("Z", "0000+00:00") };
  }

  async introspect(token: string): Promise<TokenIntrospection> {
    const { issued, now } = this.#options;
    let claims: JWTPayload;
    try {
      claims = await this.#verify(token);
    } catch (error) {
      return { active: false, reason: error instanceof errors.JWTExpired ? "expired" : "invalid" };
    }
    const rawId = `8:${claims["skypeid"]}`;
    const found = issued.find(rawId, String(claims["emulatorTokenId"]));
    if (!found) return { active: false, reason: "unknown" };
    const status = tokenStatus(found, now());
    if (status !== "active") return { active: false, reason: status };
    return { active: true, rawId, scopes: found.scopes, expiresOn: new Date(found.expiresOn) };
  }

  async #verify(token: string): Promise<JWTPayload> {
    const keySet = createLocalJWKSet({ keys: [{ ...this.keys.current.publicJwk, kid: "1" }] });
    const currentDate = new Date(this.#options.now());
    const { payload } = await jwtVerify(token, keySet, { algorithms: ["RS256"], currentDate });
    return payload;
  }
}
