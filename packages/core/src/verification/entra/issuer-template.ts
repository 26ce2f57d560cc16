/** Stands in Microsoft's metadata and keys documents for the tenant id of the token at hand. */
const TENANT_PLACEHOLDER = "{tenantid}";

export type EntraTokenVersion = "1.0" | "2.0";

/** `https://sts.windows.net/{tid}/` and `https://login.microsoftonline.com/{tid}/v2.0`; other clouds have other hosts. */
const ISSUERS: Readonly<Record<EntraTokenVersion, RegExp>> = {
  "1.0": /^https:\/\/[^/?#]+\/([^/?#]+)\/$/,
  "2.0": /^https:\/\/[^/?#]+\/([^/?#]+)\/v2\.0$/,
};

export function isEntraTokenVersion(value: unknown): value is EntraTokenVersion {
  return value === "1.0" || value === "2.0";
}

/** The tenant segment of an issuer that has the form of its version: a GUID or the placeholder; else undefined. */
export function tenantSegment(issuer: string, version: EntraTokenVersion): string | undefined {
  return ISSUERS[version].exec(issuer)?.[1];
}

export function withTenant(issuer: string, tenantId: string): string {
  return issuer.replaceAll(TENANT_PLACEHOLDER, () => tenantId);
}

/**
 * Whether a key that Microsoft marks with `keyIssuer` may sign a token of this issuer and tenant. Keys are marked with
 * the v2.0 issuer, so that with a v1.0 token only the tenant can be compared, as Microsoft's own validator does.
 *
 * @see https://learn.microsoft.com/entra/identity-platform/access-tokens#validate-the-issuer
 */
export function mayKeySign(keyIssuer: string, token: { readonly issuer: string; readonly tenantId: string }): boolean {
  const effective = withTenant(keyIssuer, token.tenantId);
  if (effective === token.issuer) return true;
  const isVersion1 = tenantSegment(token.issuer, "1.0") === token.tenantId;
  return isVersion1 && tenantSegment(effective, "2.0") === token.tenantId;
}
