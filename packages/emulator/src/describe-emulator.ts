import { styleText } from "node:util";
import { type Row, table } from "./cli/table.js";
import type { Emulator } from "./emulator.js";

/** What a person needs to know to use a running emulator, for stdout. */
export function describeEmulator(emulator: Emulator, version: string): string {
  const { fixtures, entra, communication, graph, admin, serverSettings } = emulator;
  const { api, client, daemon } = fixtures.applications;
  const { home } = fixtures.tenants;
  const section = (title: string, rows: readonly Row[], styles = [plain, plain, dim]) =>
    `  ${bold(title)}\n${table(rows, "    ", styles)}`;

  return `\n${[
    `  ${bold(`acs-auth emulator ${version}`)}  ${dim("everybody may sign in, nothing leaves this machine")}`,
    section(
      "Services",
      [
        ["Page", admin.url, "users, tokens, requests, faults; curl shows its routes"],
        ["Entra ID", entra.url, `tenant ${home.id}`],
        ["ACS Identity", communication.url, `resource ${communication.resourceId}`],
        ["Microsoft Graph", graph.url, "users and their open extensions"],
      ],
      [plain, cyan, dim],
    ),
    section("Applications", [
      ["API", api.clientId, `secret ${api.clientSecret}`],
      ["Client", client.clientId, "public, authorization code with PKCE"],
      ["Daemon", daemon.clientId, `secret ${daemon.clientSecret}`],
    ]),
    section(
      "Users",
      Object.entries(fixtures.users).map(([name, user]) => [name, user.objectId, user.userPrincipalName]),
    ),
    section(
      "Settings of a server that uses it",
      Object.entries(serverSettings).map(([name, value]) => [`export ${name}=${shellWord(value)}`]),
    ),
  ].join("\n\n")}\n`;
}

function plain(text: string): string {
  return text;
}

function bold(text: string): string {
  return styleText("bold", text);
}

function cyan(text: string): string {
  return styleText("cyan", text);
}

function dim(text: string): string {
  return styleText("dim", text);
}

function shellWord(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}
