import { parseMappingKeys } from "@acs-auth/store-graph";
import { expect } from "vitest";
import { stops, succeeds } from "./script-result.js";
import type { ScriptRun } from "./script-run.js";

const REGISTERS = "#!/bin/sh\necho SERVER_CLIENT_ID=id-0\necho WEB_CLIENT_ID=id-1\n";
const FAILS_TO_REGISTER = "#!/bin/sh\nexit 1\n";

const prepare = (azure: ScriptRun, store: string, registration: string) => {
  azure.replace("register-apps.sh", registration);
  return azure.run("before-provision.sh", [], { AZURE_ENV_NAME: "test", IDENTITY_STORE: store });
};
const finish = (azure: ScriptRun) =>
  azure.run("after-provision.sh", [], {
    SERVER_CLIENT_ID: "id-0",
    MANAGED_IDENTITY_PRINCIPAL_ID: "principal",
    MAPPING_KEYS: "1:a",
  });

/** What the scripts that azd runs promise. */
export const HOOK_PROMISES = {
  "azd learns the ids and the origin, and a database needs no key": (azure: ScriptRun) => {
    succeeds(prepare(azure, "cosmos", REGISTERS));
    expect(azure.state.variables, "azd's environment").toEqual({
      SERVER_CLIENT_ID: "id-0",
      WEB_CLIENT_ID: "id-1",
      TEAMS_CLIENT_ID: "id-1",
      CORS_ORIGINS: "http://localhost:5173",
    });
  },
  "azd learns nothing from a registration that failed": (azure: ScriptRun) => {
    stops(prepare(azure, "cosmos", FAILS_TO_REGISTER));
    expect(azure.state.variables, "azd's environment").toEqual({});
  },
  "a new environment has a first mapping key, as the server reads it": (azure: ScriptRun) => {
    succeeds(prepare(azure, "graph", REGISTERS));
    expect(parseMappingKeys(azure.state.variables["MAPPING_KEYS"])[0]?.key).toHaveLength(32);
  },
  "no key is made where there is a vault": (azure: ScriptRun) => {
    azure.set({ vault: "kv-test" });
    succeeds(prepare(azure, "graph", REGISTERS));
    expect(azure.state.variables, "where there is a vault").not.toHaveProperty("MAPPING_KEYS");
  },
  "no key is made where a vault was deleted": (azure: ScriptRun) => {
    azure.set({ deletedVault: "kv-test" });
    const result = prepare(azure, "graph", REGISTERS);
    expect(azure.state.variables, "where a vault was deleted").not.toHaveProperty("MAPPING_KEYS");
    stops(result);
    expect(result.errors).toContain("kv-test");
  },
  "no key is made where it is not known whether there is a vault": (azure: ScriptRun) => {
    azure.set({ vault: "kv-test", failing: "keyvault list " });
    const result = prepare(azure, "graph", REGISTERS);
    expect(azure.state.variables, "in doubt").not.toHaveProperty("MAPPING_KEYS");
    stops(result);
  },
  "azd forgets the key once it is in the vault": (azure: ScriptRun) => {
    succeeds(finish(azure));
    expect(azure.state.variables, "azd's environment").toEqual({ MAPPING_KEYS: "" });
  },
  "azd keeps the key until the server can be started": (azure: ScriptRun) => {
    azure.set({ failing: "federatedIdentityCredentials" });
    stops(finish(azure));
    expect(azure.state.variables, "azd's environment").toEqual({});
  },
} satisfies Record<string, (azure: ScriptRun) => void>;
