import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { parseMappingKeys } from "@acs-auth/store-graph";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";

const infra = resolve(import.meta.dirname, "../infra");
const scripts = join(infra, "scripts");
const GRAPH = "00000003-0000-0000-c000-000000000000";
const ACS = "1fd5118e-2576-4263-8130-9503064c837a";
const SERVER = "applications(uniqueName='acs-auth-server-test')";
const WEB = "applications(uniqueName='acs-auth-web-test')";

interface Recorded {
  readonly objects: Readonly<Record<string, unknown>>;
  readonly variables: Readonly<Record<string, string>>;
}

let stateFile: string;

beforeEach(() => {
  const work = mkdtempSync(join(tmpdir(), "acs-auth-infra-"));
  onTestFinished(() => rmSync(work, { recursive: true }));
  for (const name of ["az", "azd"]) symlinkSync(join(infra, "test/az.mjs"), join(work, name));
  stateFile = join(work, "state.json");
  begin({});
});

function recorded(): Recorded {
  return JSON.parse(readFileSync(stateFile, "utf8"));
}

function begin(given: { readonly vault?: string }) {
  writeFileSync(stateFile, JSON.stringify({ objects: {}, servicePrincipals: {}, variables: {}, ...given }));
}

function run(script: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): string {
  const PATH = `${resolve(stateFile, "..")}${delimiter}${process.env["PATH"]}`;
  return execFileSync(join(scripts, script), args, {
    encoding: "utf8",
    env: { ...process.env, ...env, PATH, AZ_STATE: stateFile },
  });
}

describe("register-apps.sh", { timeout: 60_000 }, () => {
  const register = (store = "cosmos") => run("register-apps.sh", ["test", "https://app.contoso.com", store]);

  it("registers a server that exposes access_as_user to its page without consent, and takes v2 tokens", () => {
    const output = register();
    const { [SERVER]: server, [WEB]: web } = recorded().objects;
    expect(output).toBe("SERVER_CLIENT_ID=id-0\nWEB_CLIENT_ID=id-1\n");
    expect(server).toMatchObject({
      signInAudience: "AzureADMyOrg",
      identifierUris: ["api://id-0"],
      optionalClaims: { accessToken: [{ name: "xms_cc" }] },
      api: {
        requestedAccessTokenVersion: 2,
        oauth2PermissionScopes: [{ value: "access_as_user", type: "User", isEnabled: true }],
        preAuthorizedApplications: [{ appId: "id-1" }],
      },
    });
    expect(web).toMatchObject({
      spa: { redirectUris: ["https://app.contoso.com/redirect", "https://app.contoso.com/"] },
    });
  });

  it("asks Graph for User.ReadWrite only where mappings are kept there", () => {
    register("cosmos");
    expect(recorded().objects[SERVER]).toMatchObject({ requiredResourceAccess: [] });
    register("graph");
    expect(recorded().objects[SERVER]).toMatchObject({
      requiredResourceAccess: [
        { resourceAppId: GRAPH, resourceAccess: [{ id: `User.ReadWrite of ${GRAPH}`, type: "Scope" }] },
      ],
    });
  });

  it("lets the page ask for the server and for Teams", () => {
    register();
    expect(recorded().objects[WEB]).toMatchObject({
      requiredResourceAccess: [
        { resourceAppId: "id-0" },
        {
          resourceAppId: ACS,
          resourceAccess: [{ id: `Teams.ManageCalls of ${ACS}` }, { id: `Teams.ManageChats of ${ACS}` }],
        },
      ],
    });
  });

  it("changes nothing when it is repeated", () => {
    register();
    const first = recorded();
    expect(register()).toBe("SERVER_CLIENT_ID=id-0\nWEB_CLIENT_ID=id-1\n");
    expect(recorded().objects).toEqual(first.objects);
  });
});

it("grant-consent.sh consents for everybody to what was asked for, once", () => {
  const consent = () => run("grant-consent.sh", ["id-0", "id-1", "graph"]);
  consent();
  expect(recorded().objects["oauth2PermissionGrants"]).toMatchObject([
    { consentType: "AllPrincipals", scope: "User.ReadWrite" },
    { consentType: "AllPrincipals", scope: "Teams.ManageCalls Teams.ManageChats" },
  ]);
  consent();
  expect(recorded().objects["oauth2PermissionGrants"]).toHaveLength(2);
});

it("trust-identity.sh makes the managed identity the application's credential", () => {
  run("trust-identity.sh", ["id-0", "principal"]);
  expect(recorded().objects).toMatchObject({
    "applications(appId='id-0')/federatedIdentityCredentials(name='managed-identity')": {
      issuer: expect.stringMatching(/^https:\/\/login\.microsoftonline\.com\/[\w-]{36}\/v2\.0$/),
      subject: "principal",
      audiences: ["api://AzureADTokenExchange"],
    },
  });
});

describe("before-provision.sh", { timeout: 60_000 }, () => {
  const prepare = (env: NodeJS.ProcessEnv) => run("before-provision.sh", [], { AZURE_ENV_NAME: "test", ...env });

  it("makes the first mapping key of a new environment, as the server reads it", () => {
    prepare({ IDENTITY_STORE: "graph" });
    expect(parseMappingKeys(recorded().variables["MAPPING_KEYS"])[0]?.key).toHaveLength(32);
  });

  it("makes no key where there is a vault already, and none for a database", () => {
    prepare({ IDENTITY_STORE: "cosmos" });
    expect(recorded().variables).toEqual({
      SERVER_CLIENT_ID: "id-0",
      WEB_CLIENT_ID: "id-1",
      TEAMS_CLIENT_ID: "id-1",
      CORS_ORIGINS: "http://localhost:5173",
    });
    begin({ vault: "kv-test" });
    prepare({ IDENTITY_STORE: "graph" });
    expect(recorded().variables).not.toHaveProperty("MAPPING_KEYS");
  });
});

it("after-provision.sh forgets the key", () => {
  run("after-provision.sh", [], {
    SERVER_CLIENT_ID: "id-0",
    MANAGED_IDENTITY_PRINCIPAL_ID: "principal",
    MAPPING_KEYS: "1:a",
  });
  expect(recorded().variables).toEqual({ MAPPING_KEYS: "" });
});

/** Debian's `shellcheck`, which GitHub's machines have too. */
const hasShellCheck = spawnSync("shellcheck", ["--version"]).status === 0;

it.skipIf(!hasShellCheck)("ShellCheck finds nothing", () => {
  const { stdout, status } = spawnSync("shellcheck", ["--external-sources", ...readdirSync(scripts)], {
    cwd: scripts,
    encoding: "utf8",
  });
  expect(stdout).toBe("");
  expect(status).toBe(0);
});
