import { AcsAuthService, createIdentityClient, EntraTokenVerifier, TeamsTokenVerifier } from "@acs-auth/core";
import { createAcsAuthHandler, toNodeListener } from "@acs-auth/http";
import { GraphIdentityStore, onBehalfOf } from "@acs-auth/store-graph";
import type { OursOptions } from "./contestants.js";
import { serve } from "./serve.js";

// The same in all processes, so that one can read what another has signed.
const MAPPING_KEYS = [{ id: "bench", key: Buffer.alloc(32, "bench") }];

serve<OursOptions>((settings, { tokenReuse }) => {
  const { clientId, clientSecret, tenantId, teamsClientId, entraUrl: authorityHost } = settings;
  const service = new AcsAuthService({
    identityClient: createIdentityClient(settings.connectionString),
    store: new GraphIdentityStore({
      access: onBehalfOf({ tenantId, clientId, clientSecret, authorityHost }),
      mappingKeys: MAPPING_KEYS,
      graphEndpoint: settings.graphUrl,
    }),
    teamsTokenVerifier: new TeamsTokenVerifier({ clientId: teamsClientId, authorityHost }),
    ...(tokenReuse ? { tokenReuse: {} } : {}),
  });
  const verifier = new EntraTokenVerifier({ clientId, tenantId, authorityHost });
  return toNodeListener(createAcsAuthHandler({ service, verifier, createOnToken: true }));
});
