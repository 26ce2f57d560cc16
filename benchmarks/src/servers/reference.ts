import { createReferenceApp } from "../../reference/app.js";
import { resolveProductionHosts } from "../../reference/production-hosts.js";
import type { ReferenceOptions } from "./contestants.js";
import { serve } from "./serve.js";

const SCOPES = ["chat", "voip"] as const;
const MICROSOFT_AUTHORITY = "https://login.microsoftonline.com";

serve<ReferenceOptions>((settings, { authority }) => {
  const { entraUrl, graphUrl, tenantId } = settings;
  resolveProductionHosts({ [MICROSOFT_AUTHORITY]: entraUrl, "https://graph.microsoft.com": graphUrl });
  return createReferenceApp({
    clientId: settings.clientId,
    clientSecret: settings.clientSecret,
    authority: `${authority === "microsoft" ? MICROSOFT_AUTHORITY : entraUrl}/${tenantId}`,
    keysUrl: `${entraUrl}/${tenantId}/discovery/keys`,
    extensionName: "com.contoso.identityMapping",
    connectionString: settings.connectionString,
    scopes: SCOPES,
    teamsClientId: settings.teamsClientId,
  });
});
