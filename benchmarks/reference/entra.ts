import { ConfidentialClientApplication } from "@azure/msal-node";
import type { ReferenceSettings } from "./settings.js";

/**
 * The sample asks for `User.Read` and writes with the other permissions that its administrator has consented to, which
 * Entra ID adds by itself. The emulator grants what is asked for, so what is needed is asked for here.
 */
const SCOPES = ["User.ReadWrite"];

/** On-Behalf-Of with a new MSAL client for every request, and so with an empty token cache. */
export async function exchangeForGraphToken(settings: ReferenceSettings, accessToken: string): Promise<string> {
  const { clientId, clientSecret, authority } = settings;
  const application = new ConfidentialClientApplication({ auth: { clientId, clientSecret, authority } });
  const result = await application.acquireTokenOnBehalfOf({ oboAssertion: accessToken, scopes: SCOPES });
  if (!result) throw new Error("Entra ID gave no token.");
  return result.accessToken;
}
