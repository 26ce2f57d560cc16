import { type CommonVerifierSettings, commonSettings } from "../common-options.js";
import { keySourceSettings } from "../keys/key-source-options.js";
import { checkGuid, checkNonEmptyStrings, checkScopes, checkUrl } from "../option-checks.js";
import { type EntraAuthority, MetadataAuthority, MicrosoftAuthority } from "./entra-authority.js";
import { EntraAuthorityHosts } from "./entra-authority-hosts.js";
import type { EntraTokenVerifierOptions } from "./entra-token-verifier-options.js";
import { TenantPolicy } from "./tenant-policy.js";

export interface EntraSettings extends CommonVerifierSettings {
  readonly authority: EntraAuthority;
  readonly tenants: TenantPolicy;
  readonly audiences: ReadonlySet<unknown>;
  readonly requiredScopes: readonly string[];
  readonly authorizedClientIds: ReadonlySet<string> | undefined;
  readonly objectIdClaim: "oid" | "sub";
}

/** @throws TypeError naming the option that is wrong. */
export function entraSettings(options: EntraTokenVerifierOptions): EntraSettings {
  const clientId = checkGuid(options.clientId, "clientId");
  const tenants = new TenantPolicy(options.tenantId);
  const {
    audiences = [clientId, `api://${clientId}`],
    requiredScopes = ["access_as_user"],
    objectIdClaim = "oid",
  } = options;
  if (objectIdClaim !== "oid" && !(objectIdClaim === "sub" && options.metadataUrl !== undefined)) {
    throw new TypeError('objectIdClaim must be "oid", or "sub" together with metadataUrl.');
  }
  return {
    ...commonSettings(options),
    authority: authorityOf(options, tenants),
    tenants,
    audiences: new Set(checkNonEmptyStrings(audiences, "audiences")),
    requiredScopes: checkEntraScopes(requiredScopes),
    authorizedClientIds:
      options.authorizedClientIds &&
      new Set(
        checkNonEmptyStrings(options.authorizedClientIds, "authorizedClientIds").map((id, index) =>
          checkGuid(id, `authorizedClientIds[${index}]`),
        ),
      ),
    objectIdClaim,
  };
}

/** The given host, else `AZURE_AUTHORITY_HOST` as with every credential of `@azure/identity`, else the global cloud's. */
export function checkAuthorityHost(authorityHost: string | undefined): URL {
  const option = authorityHost === undefined ? "AZURE_AUTHORITY_HOST" : "authorityHost";
  const fromEnvironment = process.env["AZURE_AUTHORITY_HOST"] || EntraAuthorityHosts.global;
  const host = checkUrl(authorityHost ?? fromEnvironment, option);
  if (host.pathname !== "/" || host.search !== "") throw new TypeError(`${option} must have no path and no query.`);
  return host;
}

/** Scopes as `scp` has them: the most common mistake is to give the form that a client asks for. */
export function checkEntraScopes(values: unknown): readonly string[] {
  const scopes = checkScopes(values, "requiredScopes");
  if (scopes.some((scope) => scope.includes("://"))) {
    throw new TypeError('requiredScopes must name scopes as the token does: "access_as_user", without the API\'s URI.');
  }
  return scopes;
}

function authorityOf(options: EntraTokenVerifierOptions, { onlyTenant }: TenantPolicy): EntraAuthority {
  const keys = keySourceSettings(options.keys);
  if (options.metadataUrl === undefined) {
    return new MicrosoftAuthority(checkAuthorityHost(options.authorityHost), onlyTenant, keys);
  }
  const metadataUrl = checkUrl(options.metadataUrl, "metadataUrl");
  if (options.authorityHost !== undefined) throw new TypeError("authorityHost and metadataUrl exclude each other.");
  if (onlyTenant === undefined) throw new TypeError("tenantId must be one GUID where metadataUrl is given.");
  return new MetadataAuthority(metadataUrl, onlyTenant, keys);
}
