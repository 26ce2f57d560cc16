import { AcsAuthClient, createAcsTokenCredential } from "@acs-auth/client";

/** What the page is told, and what it tells. */
export interface PageSettings {
  readonly endpoint: string;
  readonly tokens: readonly string[];
}

/** Runs in a browser, in a page of another origin than the server's. */
async function run({ endpoint, tokens }: PageSettings) {
  const signIns: unknown[] = [];
  const remaining = [...tokens];
  const options = {
    endpoint,
    getAccessToken: ({ claims, forceRefresh }: { claims?: string; forceRefresh: boolean }) => {
      signIns.push({ claims, forceRefresh });
      return remaining.length > 1 ? String(remaining.shift()) : String(remaining[0]);
    },
  };
  const credential = await createAcsTokenCredential({ kind: "user", ...options });
  const { token } = await credential.getToken();
  credential.dispose();
  const client = new AcsAuthClient({ ...options, maxRetries: 0 });
  const user = await client.getUser();
  const refusal = await client.issueToken({ scopes: ["voip"] }).catch((error: unknown) => error);
  return { token, user, signIns, refusal };
}

const settings = await fetch("/settings");
const result = await run(JSON.parse(await settings.text())).catch((error: unknown) => ({ failure: String(error) }));
await fetch("/result", { method: "POST", body: JSON.stringify(result) });
