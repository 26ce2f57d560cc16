import type { Emulator } from "./emulator.js";

type Row = readonly [label: string, ...values: string[]];

/** What a person needs to know to use a running emulator. */
export function describeEmulator(emulator: Emulator, version: string): string {
  const { fixtures, entra, communication, graph, admin, caFile } = emulator;
  const { api, client, daemon } = fixtures.applications;
  const { home } = fixtures.tenants;
  const settings = {
    NODE_EXTRA_CA_CERTS: caFile,
    AZURE_AUTHORITY_HOST: entra.url,
    AZURE_TENANT_ID: home.id,
    AZURE_CLIENT_ID: api.clientId,
    AZURE_CLIENT_SECRET: api.clientSecret,
    COMMUNICATION_SERVICES_CONNECTION_STRING: communication.connectionString,
    GRAPH_ENDPOINT: graph.url,
  };
  const section = (title: string, rows: readonly Row[]) => `  ${title}\n${table(rows)}`;

  return `${[
    `acs-auth emulator ${version}: everybody may sign in, nothing leaves this machine`,
    section("Services", [
      ["Entra ID", entra.url, `tenant ${home.id}`],
      ["ACS Identity", communication.url, `resource ${communication.resourceId}`],
      ["Microsoft Graph", graph.url, "users and their open extensions"],
      ["Admin", admin.url, "GET / lists its routes"],
    ]),
    section("Applications", [
      ["API", api.clientId, `secret ${api.clientSecret}`],
      ["Client", client.clientId, "public, authorization code with PKCE"],
      ["Daemon", daemon.clientId, `secret ${daemon.clientSecret}`],
    ]),
    section(
      "Users",
      Object.entries(fixtures.users).map(([name, user]) => [name, user.objectId, user.userPrincipalName]),
    ),
    `  Settings of a server that uses it\n${Object.entries(settings)
      .map(([name, value]) => `    export ${name}=${shellWord(value)}`)
      .join("\n")}`,
    "  Stop with Ctrl+C.",
  ].join("\n\n")}\n`;
}

function table(rows: readonly Row[]): string {
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) => `    ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd())
    .join("\n");
}

function shellWord(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}
