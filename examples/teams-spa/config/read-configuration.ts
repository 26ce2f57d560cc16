import type { PageConfiguration } from "./page-settings.js";

const REQUIRED = ["VITE_AUTHORITY", "VITE_CLIENT_ID", "VITE_API_SCOPE", "VITE_SERVER_ENDPOINT"] as const;
const URLS = ["VITE_AUTHORITY", "VITE_SERVER_ENDPOINT"] as const;
const TEAMS_SCOPES = [
  "https://auth.msft.communication.azure.com/Teams.ManageCalls",
  "https://auth.msft.communication.azure.com/Teams.ManageChats",
].join(" ");

type Variables = Readonly<Record<string, string | undefined>>;

/** Reads the page's configuration from `VITE_*` variables; an empty variable counts as absent. */
export function readConfiguration(variables: Variables): PageConfiguration {
  const value = (name: string) => variables[name] || undefined;
  const problems = [
    ...REQUIRED.filter((name) => value(name) === undefined).map((name) => `${name} is missing.`),
    ...URLS.filter((name) => !isWebAddress(value(name))).map((name) => `${name} must be an http or https address.`),
  ];
  if (problems.length > 0) return { problems };
  return {
    settings: {
      authority: value("VITE_AUTHORITY") ?? "",
      knownAuthorities: words(value("VITE_KNOWN_AUTHORITIES")),
      clientId: value("VITE_CLIENT_ID") ?? "",
      apiScope: value("VITE_API_SCOPE") ?? "",
      teamsScopes: words(value("VITE_TEAMS_SCOPES") ?? TEAMS_SCOPES),
      serverEndpoint: value("VITE_SERVER_ENDPOINT") ?? "",
    },
  };
}

function isWebAddress(text: string | undefined): boolean {
  return text === undefined || (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol));
}

function words(text = ""): readonly string[] {
  return text.split(/[\s,]+/).filter(Boolean);
}
