import type { AbortSignalLike } from "@azure/abort-controller";
import { isGuid } from "../../user.js";
import { KeySource } from "../keys/key-source.js";
import type { KeySourceSettings } from "../keys/key-source-options.js";
import { invalidToken } from "../rejection.js";
import { type Claims, optionalStringClaim, stringClaim } from "../token/claims.js";
import type { DecodedToken } from "../token/decode-token.js";
import { verifySignature } from "../token/verify-signature.js";
import {
  type EntraTokenVersion,
  isEntraTokenVersion,
  mayKeySign,
  tenantSegment,
  withTenant,
} from "./issuer-template.js";

/** Says which tenant's tokens are meant, and with which keys they are verified. */
export interface EntraAuthority {
  /**
   * The tenant that a token says it comes from, as the token spells it.
   *
   * @throws AcsAuthError `invalid_token` if issuer, tenant and version do not fit together.
   */
  claimedTenant(claims: Claims): string;
  /** The application that the token was issued to. */
  clientId(claims: Claims): string | undefined;
  keySource(claims: Claims): KeySource;
}

/** A sign-in host of Microsoft's clouds. Version 1.0 and version 2.0 tokens have metadata and keys of their own. */
export class MicrosoftAuthority implements EntraAuthority {
  readonly #sources: Readonly<Record<EntraTokenVersion, KeySource>>;

  /** @param tenantId - The one tenant meant, or undefined for any work or school tenant. */
  constructor(host: URL, tenantId: string | undefined, settings: KeySourceSettings) {
    const path = tenantId ?? "common";
    const source = (version: EntraTokenVersion, metadataPath: string) =>
      new KeySource(
        {
          metadataUrl: new URL(metadataPath, host),
          acceptsIssuer: (issuer) => tenantSegment(withTenant(issuer, path), version) === path,
        },
        settings,
      );
    this.#sources = {
      "1.0": source("1.0", `/${path}/.well-known/openid-configuration`),
      "2.0": source("2.0", `/${path}/v2.0/.well-known/openid-configuration`),
    };
  }

  claimedTenant(claims: Claims): string {
    const version = versionOf(claims);
    const tenantId = stringClaim(claims, "tid");
    if (!isGuid(tenantId)) throw invalidToken("invalid_claim", "tid");
    if (tenantSegment(stringClaim(claims, "iss"), version) !== tenantId) throw invalidToken("issuer_mismatch");
    return tenantId;
  }

  clientId(claims: Claims): string | undefined {
    return optionalStringClaim(claims, versionOf(claims) === "1.0" ? "appid" : "azp");
  }

  keySource(claims: Claims): KeySource {
    return this.#sources[versionOf(claims)];
  }
}

/** One metadata document for one tenant: External ID, Azure AD B2C, or an application with its own signing keys. */
export class MetadataAuthority implements EntraAuthority {
  readonly #tenantId: string;
  readonly #source: KeySource;

  constructor(metadataUrl: URL, tenantId: string, settings: KeySourceSettings) {
    this.#tenantId = tenantId;
    this.#source = new KeySource({ metadataUrl, acceptsIssuer: (issuer) => issuer !== "" }, settings);
  }

  /** Tokens of Azure AD B2C may lack `tid`; their issuer is that of the tenant's own metadata. */
  claimedTenant(claims: Claims): string {
    return optionalStringClaim(claims, "tid") ?? this.#tenantId;
  }

  clientId(claims: Claims): string | undefined {
    return optionalStringClaim(claims, "azp") ?? optionalStringClaim(claims, "appid");
  }

  keySource(): KeySource {
    return this.#source;
  }
}

/**
 * @param tenantId - The tenant as the token spells it.
 * @throws AcsAuthError `invalid_token`, `key_server_unavailable`, `aborted`.
 */
export async function verifyEntraSignature(
  token: DecodedToken,
  tenantId: string,
  authority: EntraAuthority,
  abortSignal: AbortSignalLike | undefined,
): Promise<void> {
  const issuer = stringClaim(token.claims, "iss");
  await verifySignature(token, authority.keySource(token.claims), {
    abortSignal,
    checkIssuer: (published) => {
      if (withTenant(published, tenantId) !== issuer) throw invalidToken("issuer_mismatch");
    },
    checkKeyIssuer: (keyIssuer) => {
      if (!mayKeySign(keyIssuer, { issuer, tenantId })) throw invalidToken("key_issuer_mismatch");
    },
  });
}

function versionOf(claims: Claims): EntraTokenVersion {
  const version = stringClaim(claims, "ver");
  if (!isEntraTokenVersion(version)) throw invalidToken("unsupported_version");
  return version;
}
