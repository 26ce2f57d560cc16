import { accessTokenClaims } from "../../access-token.js";
import type { EntraContext } from "../../context.js";
import { isTenantGroup } from "../../directory.js";
import * as errors from "../../errors/index.js";
import { parseClaimsRequest } from "../../protocol/claims-request.js";
import { parseScopes, scopeParameter, singleResource } from "../../protocol/scopes.js";
import { tenantOfSegment } from "../../tenant-segment.js";
import { signToken } from "../../token-signer.js";
import type { TokenRequest, TokenResponse } from "../token-request.js";

/** RFC 6749, section 4.4: an app-only token with the roles the application was granted on the API. */
export async function clientCredentialsGrant(
  { parameters, client, authentication, segment }: TokenRequest,
  context: EntraContext,
): Promise<TokenResponse> {
  const { directory, issuers, keys, accessTokenLifetimeInSeconds } = context;
  if (isTenantGroup(segment)) throw errors.grantNeedsTenant(segment);
  if (client.publicClient) throw errors.credentialMissing();
  const tenant = tenantOfSegment(segment, directory);
  const scope = scopeParameter(parameters) ?? parameters.required("scope");
  const { resource, audience, isDefault } = singleResource(
    parseScopes(scope, directory, tenant.displayName),
    directory,
  );
  if (!isDefault) throw errors.scopeWithoutDefault(scope);
  const claims = accessTokenClaims(
    {
      tenant,
      client,
      clientAuthentication: authentication,
      clientCapabilities: parseClaimsRequest(parameters.optional("claims")).capabilities,
      resource,
      audience,
      scopes: [],
      roles: client.permissions.find(({ resource: name }) => name === resource.name)?.roles ?? [],
      now: Math.floor(context.now() / 1000),
      lifetimeInSeconds: accessTokenLifetimeInSeconds,
    },
    issuers,
    directory,
  );
  return {
    token_type: "Bearer",
    expires_in: accessTokenLifetimeInSeconds,
    ext_expires_in: accessTokenLifetimeInSeconds,
    access_token: await signToken(claims, keys.current),
  };
}
