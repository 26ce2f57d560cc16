/** The issuer of each token version in one tenant, named by id or by the template `{tenantid}`. */
export interface Issuers {
  readonly v1: (tenantId: string) => string;
  readonly v2: (tenantId: string) => string;
}

/** What Microsoft writes for the tenant id in metadata and keys that serve many tenants. */
export const tenantTemplate = "{tenantid}";

export const microsoftIssuers: Issuers = {
  v1: (tenantId) => `https://sts.windows.net/${tenantId}/`,
  v2: (tenantId) => `https://login.microsoftonline.com/${tenantId}/v2.0`,
};

export function ownIssuers(origin: () => string): Issuers {
  return {
    v1: (tenantId) => `${origin()}/${tenantId}/`,
    v2: (tenantId) => `${origin()}/${tenantId}/v2.0`,
  };
}
