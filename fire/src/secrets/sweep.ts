import { AcsAuthError, type AuthenticatedUser } from "@acs-auth/core";
import type { Canaries } from "./canaries.js";
import { everythingOf, type Utterance } from "./outlets.js";
import type { Server } from "./servers.js";

/** Who calls, and with what. */
export interface Caller {
  readonly user: AuthenticatedUser;
  readonly teamsToken: string;
}

/** What the operations came to. */
export interface Sweep {
  readonly said: readonly Utterance[];
  readonly succeeded: number;
  readonly failed: number;
}

/**
 * Calls every operation of a server, by HTTP and directly, and takes down its answers and errors: one after the other, as
 * a user would, or all at once.
 */
export async function sweep(
  { name, handler, service }: Server,
  { user, teamsToken }: Caller,
  canaries: Canaries,
  order: "in turn" | "at once",
): Promise<Sweep> {
  const said: Utterance[] = [];
  let succeeded = 0;
  let failed = 0;

  const ask = async (method: string, path: string, body?: object, headers: Readonly<Record<string, string>> = {}) => {
    const response = await handler(
      new Request(`https://server.example${path}`, {
        method,
        headers: { authorization: `Bearer ${user.accessToken}`, "content-type": "application/json", ...headers },
        ...(body && { body: JSON.stringify(body) }),
      }),
    );
    const text = await response.text();
    if (response.ok) succeeded += 1;
    else failed += 1;
    const content = response.ok ? withoutResults(text, canaries) : text;
    const outlet = `answer ${response.status} to ${method} ${path} over ${name}`;
    said.push({ outlet, isOurs: true, text: `${JSON.stringify([...response.headers])} ${content}` });
  };
  const call = async (method: string, run: () => Promise<unknown>) => {
    try {
      const result = await run();
      succeeded += 1;
      withoutResults(JSON.stringify(result) ?? "", canaries);
    } catch (error) {
      failed += 1;
      said.push({ outlet: `error of ${method} over ${name}`, isOurs: true, text: withoutIdentity(error) });
    }
  };

  const operations = [
    () => ask("POST", "/api/user"),
    () => ask("GET", "/api/user"),
    () => ask("GET", "/api/token"),
    () => ask("POST", "/api/token", { scopes: ["chat"] }),
    () => ask("GET", "/api/token/teams", undefined, { "teams-user-aad-token": teamsToken }),
    () => ask("POST", "/exchange", { accessToken: teamsToken }),
    () => ask("POST", "/api/token/revoke"),
    () => ask("DELETE", "/api/user"),
    () => call("getOrCreateUser", () => service.getOrCreateUser(user)),
    () => call("getUser", () => service.getUser(user)),
    () => call("issueToken", () => service.issueToken(user, { createIfMissing: true })),
    () => call("exchangeTeamsToken", () => service.exchangeTeamsToken(user, { teamsUserAadToken: teamsToken })),
    () => call("revokeTokens", () => service.revokeTokens(user)),
    () => call("deleteUser", () => service.deleteUser(user)),
  ];
  if (order === "at once") await Promise.all(operations.map((operation) => operation()));
  else for (const operation of operations) await operation();
  return { said, succeeded, failed };
}

/** A success without what it is there to give, which from now on must be seen nowhere else. */
function withoutResults(text: string, canaries: Canaries): string {
  const results = [
    ...[...text.matchAll(/"token":"([^"]+)"/g)].map(([, token = ""]) => ({ value: token, kind: "secret" as const })),
    ...[...text.matchAll(/8:acs:[\w-]+/g)].map(([id]) => ({ value: id, kind: "personal" as const })),
  ];
  for (const { value, kind } of results) canaries.plant(kind === "secret" ? "ACS token" : "identity", value, kind);
  return results.reduce((rest, { value }) => rest.replaceAll(value, ""), text);
}

/** `communicationUserId` is there to name an identity, for the application to clean up; nothing else in an error may. */
function withoutIdentity(error: unknown): string {
  const text = everythingOf(error);
  const id = AcsAuthError.is(error) ? error.communicationUserId : undefined;
  return id === undefined
    ? text
    : text.replaceAll(`communicationUserId: '${id}'`, "").replaceAll(`"communicationUserId":"${id}"`, "");
}
