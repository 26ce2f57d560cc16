import type { SCRIPT_PROMISES } from "./script-promises.js";

/** What breaks a promise of the scripts, and what is said then. */
export interface SpoiledScript {
  readonly promise: keyof typeof SCRIPT_PROMISES;
  readonly script: string;
  readonly find: string;
  readonly replace: string;
  readonly problem: string | RegExp;
}

const STRICT = { find: "set -euo pipefail\n", replace: "" };

export const SPOILED_SCRIPTS: readonly SpoiledScript[] = [
  {
    promise: "the server exposes access_as_user to its page without consent, and takes v2 tokens",
    script: "register-apps.sh",
    find: '"requestedAccessTokenVersion": 2',
    replace: '"requestedAccessTokenVersion": 1',
    problem: "the server's registration",
  },
  {
    promise: "the server exposes access_as_user to its page without consent, and takes v2 tokens",
    script: "graph.sh",
    find: " Prefer=create-if-missing",
    replace: "",
    problem: "Request_ResourceNotFound",
  },
  {
    promise: "Graph is asked for User.ReadWrite, and only where mappings are kept there",
    script: "register-apps.sh",
    find: "if [[ $store == graph ]]; then",
    replace: "if true; then",
    problem: "without Graph",
  },
  {
    promise: "Graph is asked for User.ReadWrite, and only where mappings are kept there",
    script: "register-apps.sh",
    find: '"$GRAPH_APP_ID" User.ReadWrite)',
    replace: '"$GRAPH_APP_ID" User.ReadWrite.All)',
    problem: "with Graph",
  },
  {
    promise: "the page signs in at its origin, and may ask for the server and for Teams",
    script: "register-apps.sh",
    find: '"spa": {',
    replace: '"web": {',
    problem: "the page's registration",
  },
  {
    promise: "a second run registers nothing more and changes nothing",
    script: "register-apps.sh",
    find: "acs-auth-web-$name'",
    replace: "acs-auth-web-$name-$$'",
    problem: "the registrations after a second run",
  },
  {
    promise: "a registration that fails half-way stops, tells no ids, and leaves the page its access",
    script: "register-apps.sh",
    ...STRICT,
    problem: "the script went on after a command that failed",
  },
  {
    promise: "a registration that fails half-way stops, tells no ids, and leaves the page its access",
    script: "register-apps.sh",
    find: 'web_id=$(graph_find "$web" appId)',
    replace: 'web_id=$(graph_find "$web" appId 2>/dev/null || true)',
    problem: "the page's access",
  },
  {
    promise: "everybody consents to what was asked for, once",
    script: "grant-consent.sh",
    find: "if [[ -n $existing ]]; then",
    replace: "if false; then",
    problem: "the grants after a second run",
  },
  {
    promise: "nobody consents where the existing consent is not known",
    script: "grant-consent.sh",
    ...STRICT,
    problem: "the script went on after a command that failed",
  },
  {
    promise: "the managed identity is the application's credential",
    script: "trust-identity.sh",
    find: '"subject": "$2"',
    replace: '"subject": "$1"',
    problem: "the credential",
  },
  {
    promise: "no credential is made for a tenant that is not known",
    script: "trust-identity.sh",
    ...STRICT,
    problem: "the script went on after a command that failed",
  },
  {
    promise: "azd learns the ids and the origin, and a database needs no key",
    script: "before-provision.sh",
    find: "$store == graph &&",
    replace: "-n $store &&",
    problem: "azd's environment",
  },
  {
    promise: "azd learns nothing from a registration that failed",
    script: "before-provision.sh",
    ...STRICT,
    problem: "the script went on after a command that failed",
  },
  {
    promise: "a new environment has a first mapping key, as the server reads it",
    script: "before-provision.sh",
    find: "head -c 32",
    replace: "head -c 16",
    problem: /32/,
  },
  {
    promise: "no key is made where there is a vault",
    script: "before-provision.sh",
    find: "if [[ -z $vault ]]; then",
    replace: "if true; then",
    problem: "where there is a vault",
  },
  {
    promise: "no key is made where a vault was deleted",
    script: "before-provision.sh",
    find: "[[ -z $deleted ]] ||",
    replace: "[[ -n $deleted ]] ||",
    problem: "where a vault was deleted",
  },
  {
    promise: "no key is made where it is not known whether there is a vault",
    script: "before-provision.sh",
    ...STRICT,
    problem: "in doubt",
  },
  {
    promise: "azd forgets the key once it is in the vault",
    script: "after-provision.sh",
    find: 'azd env set MAPPING_KEYS ""',
    replace: "true",
    problem: "azd's environment",
  },
  {
    promise: "azd keeps the key until the server can be started",
    script: "after-provision.sh",
    ...STRICT,
    problem: "the script went on after a command that failed",
  },
];
