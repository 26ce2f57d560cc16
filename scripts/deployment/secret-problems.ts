import type { Node } from "web-tree-sitter";
import { all, resourcesOf, symbolOf, type Template, treeOf, valueAt } from "./bicep.js";
import { modulesOf } from "./module-problems.js";

/** What leaves no key that could leak, and nothing that could be read on the way. */
const REQUIRED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "Microsoft.Communication/communicationServices": { "properties.disableLocalAuth": "true" },
  "Microsoft.DocumentDB/databaseAccounts": {
    "properties.disableLocalAuth": "true",
    "properties.minimalTlsVersion": "'Tls12'",
  },
  "Microsoft.Storage/storageAccounts": {
    "properties.allowSharedKeyAccess": "false",
    "properties.allowBlobPublicAccess": "false",
    "properties.supportsHttpsTrafficOnly": "true",
    "properties.minimumTlsVersion": "'TLS1_2'",
  },
  "Microsoft.KeyVault/vaults": {
    "properties.enableRbacAuthorization": "true",
    "properties.enablePurgeProtection": "true",
  },
  "Microsoft.ContainerRegistry/registries": { "properties.adminUserEnabled": "false" },
  "Microsoft.OperationalInsights/workspaces": { "properties.features.disableLocalAuth": "true" },
  "Microsoft.App/containerApps": { "properties.configuration.ingress.allowInsecure": "false" },
  "Microsoft.Web/sites": { "properties.httpsOnly": "true", "properties.siteConfig.minTlsVersion": "'1.2'" },
  "Microsoft.Web/sites/basicPublishingCredentialsPolicies": { "properties.allow": "false" },
};

/** The only resource that may hold a secret. */
const KEPT_IN = "Microsoft.KeyVault/vaults/secrets";

export function secretProblems(template: Template): string[] {
  return Object.entries(template).flatMap(([file, text]) => {
    const tree = treeOf(text);
    const secrets = secretParametersOf(tree);
    const outputs = all(tree, "output_declaration");
    return [
      ...all(tree, "call_expression")
        .filter((call) => /(?:^|\.)list[A-Z]/.test(call.firstChild?.text ?? ""))
        .map((call) => `${file}: ${call.text} reads a key`),
      ...outputs
        .filter((output) => mentions(output, secrets))
        .map((output) => `${file}: output ${symbolOf(output)} tells a secret`),
      ...resourcesOf(text)
        .filter(({ type, body }) => type !== KEPT_IN && mentions(body, secrets))
        .map(({ symbol }) => `${file}: ${symbol} holds a secret, which belongs into Key Vault`),
      ...modulesOf(file, text).flatMap(({ symbol, file: source, given }) => {
        const kept = secretParametersOf(treeOf(template[source] ?? ""));
        return [...given]
          .filter(([name, value]) => mentions(value, secrets) && !kept.includes(name))
          .map(([name]) => `${file}: module ${symbol} takes the secret ${name} without @secure()`);
      }),
    ];
  });
}

export function accessProblems(template: Template): string[] {
  return Object.entries(template).flatMap(([file, text]) =>
    resourcesOf(text).flatMap(({ symbol, type, body }) =>
      Object.entries(REQUIRED[type] ?? {})
        .filter(([path, value]) => valueAt(body, path)?.text !== value)
        .map(([path, value]) => `${file}: ${symbol} needs ${path}: ${value}`),
    ),
  );
}

function secretParametersOf(tree: Node): string[] {
  return all(tree, "parameter_declaration")
    .filter((parameter) => {
      const before = parameter.previousNamedSibling;
      return before?.type === "decorators" && before.text.includes("@secure()");
    })
    .map(symbolOf);
}

function mentions(node: Node, names: readonly string[]): boolean {
  return all(node, "identifier").some((identifier) => names.includes(identifier.text) && !isName(identifier));
}

const isName = (identifier: Node) =>
  identifier.parent?.type === "object_property" && identifier.parent.firstChild?.id === identifier.id;
