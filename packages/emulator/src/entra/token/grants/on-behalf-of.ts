import type { EntraContext } from "../../context.js";
import * as errors from "../../errors/index.js";
import type { TokenRequest, TokenResponse } from "../token-request.js";
import { issueUserTokens } from "../user-tokens.js";
import { verifyAssertion } from "./user-assertion.js";

/** "Microsoft identity platform and OAuth 2.0 On-Behalf-Of flow": an API exchanges its caller's token for another API's. */
export async function onBehalfOfGrant(request: TokenRequest, context: EntraContext): Promise<TokenResponse> {
  const { parameters, client, segment } = request;
  if (segment === "common" || segment === "consumers") throw errors.grantNeedsTenant(segment);
  const assertion = parameters.required("assertion");
  const scope = parameters.required("scope");
  if (parameters.required("requested_token_use") !== "on_behalf_of") {
    throw errors.malformedRequest("'requested_token_use' must be 'on_behalf_of'");
  }
  if (client.publicClient) throw errors.credentialMissing();
  const { tenant, signIn } = await verifyAssertion(assertion, client, segment, context);
  return issueUserTokens(request, { tenant, signIn, scope }, context);
}
