import { expect } from "vitest";
import { stops, succeeds } from "./script-result.js";
import type { ScriptRun } from "./script-run.js";

const GRAPH = "00000003-0000-0000-c000-000000000000";
const ACS = "1fd5118e-2576-4263-8130-9503064c837a";
const SERVER = "applications(uniqueName='acs-auth-server-test')";
const WEB = "applications(uniqueName='acs-auth-web-test')";
const CREDENTIAL = "applications(appId='id-0')/federatedIdentityCredentials(name='managed-identity')";
const REGISTERED = "SERVER_CLIENT_ID=id-0\nWEB_CLIENT_ID=id-1\n";

const register = (azure: ScriptRun, store = "cosmos") =>
  azure.run("register-apps.sh", ["test", "https://app.contoso.com", store]);
const consent = (azure: ScriptRun) => azure.run("grant-consent.sh", ["id-0", "id-1", "graph"]);

/** What the scripts that register applications promise. */
export const REGISTRATION_PROMISES = {
  "the server exposes access_as_user to its page without consent, and takes v2 tokens": (azure: ScriptRun) => {
    const result = register(azure);
    succeeds(result);
    expect(result.output).toBe(REGISTERED);
    expect(azure.state.objects[SERVER], "the server's registration").toMatchObject({
      signInAudience: "AzureADMyOrg",
      identifierUris: ["api://id-0"],
      optionalClaims: { accessToken: [{ name: "xms_cc" }] },
      api: {
        requestedAccessTokenVersion: 2,
        oauth2PermissionScopes: [{ value: "access_as_user", type: "User", isEnabled: true }],
        preAuthorizedApplications: [{ appId: "id-1" }],
      },
    });
  },
  "Graph is asked for User.ReadWrite, and only where mappings are kept there": (azure: ScriptRun) => {
    succeeds(register(azure, "cosmos"));
    expect(azure.state.objects[SERVER], "without Graph").toMatchObject({ requiredResourceAccess: [] });
    succeeds(register(azure, "graph"));
    expect(azure.state.objects[SERVER], "with Graph").toMatchObject({
      requiredResourceAccess: [
        { resourceAppId: GRAPH, resourceAccess: [{ id: `User.ReadWrite of ${GRAPH}`, type: "Scope" }] },
      ],
    });
  },
  "the page signs in at its origin, and may ask for the server and for Teams": (azure: ScriptRun) => {
    succeeds(register(azure));
    expect(azure.state.objects[WEB], "the page's registration").toMatchObject({
      signInAudience: "AzureADMyOrg",
      spa: { redirectUris: ["https://app.contoso.com/redirect", "https://app.contoso.com/"] },
      requiredResourceAccess: [
        { resourceAppId: "id-0" },
        {
          resourceAppId: ACS,
          resourceAccess: [{ id: `Teams.ManageCalls of ${ACS}` }, { id: `Teams.ManageChats of ${ACS}` }],
        },
      ],
    });
  },
  "a second run registers nothing more and changes nothing": (azure: ScriptRun) => {
    succeeds(register(azure));
    const first = azure.state.objects;
    const second = register(azure);
    succeeds(second);
    expect(Object.keys(azure.state.objects), "the registrations after a second run").toHaveLength(2);
    expect(azure.state.objects).toEqual(first);
    expect(second.output).toBe(REGISTERED);
  },
  "a registration that fails half-way stops, tells no ids, and leaves the page its access": (azure: ScriptRun) => {
    succeeds(register(azure));
    azure.set({ failing: `--method PATCH --url https://graph.microsoft.com/v1.0/${WEB}` });
    stops(register(azure));
    azure.set({ failing: `--method GET --url https://graph.microsoft.com/v1.0/${WEB}` });
    stops(register(azure));
    expect(azure.state.objects[SERVER], "the page's access").toMatchObject({
      api: { preAuthorizedApplications: [{ appId: "id-1" }] },
    });
  },
  "everybody consents to what was asked for, once": (azure: ScriptRun) => {
    succeeds(consent(azure));
    succeeds(consent(azure));
    expect(azure.state.objects["oauth2PermissionGrants"], "the grants after a second run").toHaveLength(2);
    expect(azure.state.objects["oauth2PermissionGrants"]).toMatchObject([
      { consentType: "AllPrincipals", scope: "User.ReadWrite" },
      { consentType: "AllPrincipals", scope: "Teams.ManageCalls Teams.ManageChats" },
    ]);
  },
  "nobody consents where the existing consent is not known": (azure: ScriptRun) => {
    azure.set({ failing: "oauth2PermissionGrants?" });
    stops(consent(azure));
    expect(azure.state.objects, "the grants").toEqual({});
  },
  "the managed identity is the application's credential": (azure: ScriptRun) => {
    succeeds(azure.run("trust-identity.sh", ["id-0", "principal"]));
    expect(azure.state.objects[CREDENTIAL], "the credential").toEqual({
      appId: "id-0",
      issuer: "https://login.microsoftonline.com/5f2f8a1e-0f3b-4b0c-9a52-0a3c1d2e4f60/v2.0",
      subject: "principal",
      audiences: ["api://AzureADTokenExchange"],
    });
  },
  "no credential is made for a tenant that is not known": (azure: ScriptRun) => {
    azure.set({ failing: "account show" });
    stops(azure.run("trust-identity.sh", ["id-0", "principal"]));
    expect(azure.state.objects, "the credentials").toEqual({});
  },
} satisfies Record<string, (azure: ScriptRun) => void>;
