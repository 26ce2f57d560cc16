import type { Emulator } from "@acs-auth/emulator";
import { bold, cyan, dim, plain, type Row, table } from "../console/style.js";

export interface Screen {
  readonly emulator: Emulator;
  readonly serverUrl: string;
  readonly pageUrl: string;
}

/** The longest label. */
const LABEL_WIDTH = "Browser, always".length;

/** What runs where, what to open first, and what to try. */
export function describeScreen({ emulator, serverUrl, pageUrl }: Screen): string {
  const { entra, communication, graph, admin, caFile, fixtures } = emulator;
  const section = (title: string, rows: readonly Row[], style = plain) =>
    `  ${bold(title)}\n${table(
      rows.map(([label = "", ...others]) => [label.padEnd(LABEL_WIDTH), ...others]),
      "    ",
      [plain, style, dim],
    )}`;
  const sections = [
    section(
      "Open first",
      [
        ["Teams page", pageUrl, `sign in as ${fixtures.users["user-one"].displayName}, for example`],
        ["Emulator", admin.url, "its users, tokens, requests and faults"],
      ],
      cyan,
    ),
    section(
      "Runs as well",
      [
        ["Server", serverUrl, "GET|POST|DELETE /api/user, GET /api/token, GET /api/token/teams"],
        ["Entra ID", entra.url, `tenant ${fixtures.tenants.home.id}`],
        ["ACS Identity", communication.url, `resource ${communication.resourceId}`],
        ["Microsoft Graph", graph.url, "users and their open extensions"],
      ],
      cyan,
    ),
    section("Trust the emulator's certificate", [
      ["Browser, once", `open ${entra.url} and ${admin.url}, and go on past the warning`],
      ["Browser, always", trustCommand(caFile)],
      ["Node", `export NODE_EXTRA_CA_CERTS=${caFile}`],
    ]),
    section(
      "Try it",
      tryCommands(emulator, serverUrl).map((command) => [command]),
    ),
    `  ${dim("Stop with Ctrl+C.")}`,
  ];
  return `\n${sections.join("\n\n")}\n`;
}

/** The authority is bound to the names of this machine: trusting it lets nobody impersonate another host. */
function trustCommand(caFile: string): string {
  if (process.platform === "win32") return `certutil -user -addstore Root "${caFile}"`;
  if (process.platform === "darwin") {
    return `security add-trusted-cert -r trustRoot -k ~/Library/Keychains/login.keychain-db '${caFile}'`;
  }
  return `certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n acs-auth-emulator -i '${caFile}'`;
}

function tryCommands({ admin, caFile }: Emulator, serverUrl: string): readonly string[] {
  const mint = `curl -sS --cacert '${caFile}' -d '{"user":"user-one"}' ${admin.url}/tokens`;
  return [
    `TOKEN=$(${mint} | node -p 'JSON.parse(require("fs").readFileSync(0)).token')`,
    `curl -sS -X POST -H "Authorization: Bearer $TOKEN" ${serverUrl}/api/user`,
    `curl -sS -H "Authorization: Bearer $TOKEN" ${serverUrl}/api/token`,
  ];
}
