#!/usr/bin/env node
// Stands in for `az` and `azd`: keeps, in the file $AZ_STATE, what would be in Entra ID, in Azure and in azd's environment.
import { readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";

const [, program, ...args] = process.argv;
const state = JSON.parse(readFileSync(process.env.AZ_STATE, "utf8"));
const option = (name) => args[args.indexOf(name) + 1];

const APIS = {
  "00000003-0000-0000-c000-000000000000": ["User.Read", "User.ReadWrite", "User.ReadWrite.All"],
  "1fd5118e-2576-4263-8130-9503064c837a": ["Teams.ManageCalls", "Teams.ManageChats", "VoIP"],
};

const COMMANDS = {
  "ad sp show": () => state.servicePrincipals[option("--id")] ?? refuse(3, "Resource does not exist"),
  "ad sp create": () => {
    state.servicePrincipals[option("--id")] = `principal of ${option("--id")}`;
    return state.servicePrincipals[option("--id")];
  },
  "cloud show --query": () => "https://login.microsoftonline.com",
  "account show --query": () => "5f2f8a1e-0f3b-4b0c-9a52-0a3c1d2e4f60",
  "group exists --name": () => String(state.vault !== undefined),
  "keyvault list --resource-group": () => state.vault ?? "",
  "keyvault list-deleted --resource-type": () => state.deletedVault ?? "",
};

if (state.failing && [basename(program), ...args].join(" ").includes(state.failing)) refuse(1, "Connection aborted.");
const answer = basename(program) === "azd" ? setVariable() : (COMMANDS[args.slice(0, 3).join(" ")] ?? rest)();
writeFileSync(process.env.AZ_STATE, JSON.stringify(state));
process.stdout.write(answer === "" ? "" : `${answer}\n`);

function refuse(status, message) {
  process.stderr.write(`ERROR: ${message}\n`);
  process.exit(status);
}

function setVariable() {
  const [, , name, value] = args;
  state.variables[name] = value;
  return "";
}

function rest() {
  const method = option("--method");
  const path = option("--url").replace("https://graph.microsoft.com/v1.0/", "");
  if (method === "GET") return read(path);
  const body = JSON.parse(option("--body"));
  if (method === "PATCH") update(path, body);
  if (method === "POST")
    state.objects[path] = [...(state.objects[path] ?? []), { id: `grant-${body.resourceId}`, ...body }];
  return "";
}

function update(path, body) {
  const [collection, id] = path.split("/");
  if (collection === "oauth2PermissionGrants") {
    Object.assign(state.objects[collection]?.find((grant) => grant.id === id) ?? refuseAbsent(), body);
    return;
  }
  if (state.objects[path] === undefined && !args.includes("Prefer=create-if-missing")) refuseAbsent();
  state.objects[path] = { ...(state.objects[path] ?? { appId: `id-${Object.keys(state.objects).length}` }), ...body };
}

function read(path) {
  const api = /servicePrincipals\(appId='([^']+)'\)/.exec(path)?.[1];
  if (api) {
    const scope = /value=='([^']+)'/.exec(option("--query"))?.[1];
    return APIS[api].includes(scope) ? `${scope} of ${api}` : "";
  }
  if (path.startsWith("oauth2PermissionGrants")) {
    const resource = /resourceId eq '([^']+)'/.exec(path)?.[1];
    return state.objects.oauth2PermissionGrants?.find(({ resourceId }) => resourceId === resource)?.id ?? "";
  }
  return state.objects[path]?.appId ?? refuseAbsent();
}

function refuseAbsent() {
  refuse(1, 'Not Found({"error":{"code":"Request_ResourceNotFound"}})');
}
