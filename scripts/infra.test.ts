import { accessSync, constants, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { readConfig } from "../examples/express-server/src/config/config.js";
import { serverEnvironment } from "../examples/express-server/src/config/environment.js";
import { azdProblems } from "./deployment/azd-problems.js";
import type { Template } from "./deployment/bicep.js";
import { imageProblems } from "./deployment/image-problems.js";
import { moduleProblems, outputsOf, parameterFileProblems, syntaxProblems } from "./deployment/module-problems.js";
import { roleProblems, unnamedRoles } from "./deployment/role-problems.js";
import { accessProblems, secretProblems } from "./deployment/secret-problems.js";
import { spoil } from "./deployment/spoil.js";
import { SPOILED_TEMPLATES, type SpoiledTemplate } from "./deployment/spoiled-templates.js";
import { environmentProblems, settingProblems } from "./deployment/variable-problems.js";

const root = resolve(import.meta.dirname, "..");
const textOf = (file: string) => readFileSync(join(root, file), "utf8");

function textsIn(folder: string, extension: string): Template {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" });
  const names = files.filter((file) => file.endsWith(extension)).map((file) => file.replaceAll("\\", "/"));
  return Object.fromEntries(names.sort().map((file) => [file, textOf(`${folder}/${file}`)]));
}

const template = textsIn("infra", ".bicep");
const containerApp = template["modules/container-app.bicep"] ?? "";
const guide = textOf("docs/deploy.md");
const azd = { parameters: textOf("infra/main.parameters.json"), scripts: textsIn("infra/scripts", ".sh"), guide };
const settings = Object.keys(serverEnvironment.shape);
const parameters = Object.keys(JSON.parse(azd.parameters).parameters);
const outputs = outputsOf(template["main.bicep"] ?? "");

const checks = {
  syntaxProblems,
  moduleProblems,
  parameterFileProblems: (given: Template) => parameterFileProblems(given, parameters),
  settingProblems: (given: Template) => settingProblems(given, settings),
  roleProblems,
  secretProblems,
  accessProblems,
} satisfies Record<keyof typeof SPOILED_TEMPLATES, unknown>;

const spoiledTemplates: Readonly<Record<string, readonly SpoiledTemplate[]>> = SPOILED_TEMPLATES;

describe.each(Object.entries(checks))("%s", (name, problemsOf) => {
  it("finds nothing in infra", () => {
    expect(problemsOf(template)).toEqual([]);
  });

  it.each(spoiledTemplates[name] ?? [])("finds that $problems.0", ({ file, find, replace, problems }) => {
    const spoiled = { ...template, [file]: spoil(template[file] ?? "", find, replace) };
    expect(problemsOf(spoiled)).toEqual(problems);
  });
});

describe("azd's environment", () => {
  it("has every variable that the parameters, the scripts and the guide use", () => {
    expect(environmentProblems(outputs, azd)).toEqual([]);
  });

  it("is found not to have what nobody sets", () => {
    const hook = "before-provision.sh";
    const text = spoil(azd.scripts[hook] ?? "", "azd env set SERVER_CLIENT_ID", "azd env set CLIENT_ID");
    expect(environmentProblems(outputs, { ...azd, scripts: { ...azd.scripts, [hook]: text } })).toEqual([
      "main.parameters.json: nothing sets SERVER_CLIENT_ID",
      "after-provision.sh: nothing sets SERVER_CLIENT_ID",
      "deploy.md: nothing sets SERVER_CLIENT_ID",
    ]);
    const fewer = outputs.filter((name) => name !== "MANAGED_IDENTITY_PRINCIPAL_ID" && name !== "SERVER_URL");
    expect(environmentProblems(fewer, azd)).toEqual([
      "after-provision.sh: nothing sets MANAGED_IDENTITY_PRINCIPAL_ID",
      "deploy.md: nothing sets SERVER_URL",
    ]);
  });
});

it("the server reads addresses as Azure writes them", () => {
  const server = {
    AZURE_TENANT_ID: "5f2f8a1e-0f3b-4b0c-9a52-0a3c1d2e4f60",
    AZURE_CLIENT_ID: "b1c4c0de-0001-4c0e-9c3d-0d4f6a1be7b1",
    AZURE_AUTHORITY_HOST: "https://login.microsoftonline.com/",
    MANAGED_IDENTITY_CLIENT_ID: "b1c4c0de-0002-4c0e-9c3d-0d4f6a1be7b1",
    COMMUNICATION_SERVICES_ENDPOINT: "https://acs-x.europe.communication.azure.com",
    TEAMS_CLIENT_ID: "",
    CORS_ORIGINS: "",
  };
  const cosmos = { IDENTITY_STORE: "cosmos", COSMOS_ENDPOINT: "https://cosmos-x.documents.azure.com:443/" };
  const table = { IDENTITY_STORE: "table", TABLE_ENDPOINT: "https://stx.table.core.windows.net/" };
  expect(readConfig({ ...server, ...cosmos }).identityStore).toMatchObject({
    endpoint: "https://cosmos-x.documents.azure.com",
  });
  expect(readConfig({ ...server, ...table }).authorityHost).toBe("https://login.microsoftonline.com");
});

describe("the guide", () => {
  it("names every role", () => {
    expect(unnamedRoles(guide)).toEqual([]);
  });

  it("is found not to name one", () => {
    const id = "7f951dda-4ed3-4680-a7ca-43fe172d538d";
    expect(unnamedRoles(spoil(guide, id, ""))).toEqual([id]);
  });
});

describe("azure.yaml", () => {
  const text = textOf("azure.yaml");
  const can = (mode: number) => (path: string) => {
    try {
      accessSync(join(root, path), mode);
      return true;
    } catch {
      return false;
    }
  };
  const surroundings = {
    taggedServices: [...containerApp.matchAll(/'azd-service-name': '(\w+)'/g)].map(([, name = ""]) => name),
    isFile: can(constants.R_OK),
    isProgram: can(constants.X_OK),
  };

  it("names files that exist, hooks that can be run, and a service that the template tags", () => {
    expect(azdProblems(text, surroundings)).toEqual([]);
    expect(outputs).toContain("AZURE_CONTAINER_REGISTRY_ENDPOINT");
  });

  it.each([
    ["  path: infra\n", "  path: bicep\n", "there is no bicep/main.bicep"],
    ["express-server/Dockerfile", "server/Dockerfile", "there is no examples/server/Dockerfile"],
    ["before-provision.sh", "before.sh", "infra/scripts/before.sh cannot be run"],
    ["  postprovision:\n", "  postdeploy:\n", "nothing is run postprovision"],
  ])("with %j changed to %j has a problem", (find, replace, problem) => {
    expect(azdProblems(spoil(text, find, replace), surroundings)).toEqual([problem]);
  });

  it("and the template have to name the same service", () => {
    expect(azdProblems(spoil(text, "  server:\n", "  api:\n"), surroundings)).toEqual([
      "no resource is tagged as the service api",
      "there is no service server, as which a resource is tagged",
    ]);
  });
});

describe("the image", () => {
  const image = textOf("examples/express-server/Dockerfile");

  it("runs without rights, listens where requests are sent, and has the health check that is asked for", () => {
    expect(imageProblems(image, containerApp)).toEqual([]);
  });

  it.each([
    ["USER node\n", "", "the image runs with rights"],
    ["HEALTHCHECK", "# HEALTHCHECK", "the image has no check of /health"],
    ["PORT=8080", "PORT=80", "the image listens on 80, and requests are sent to 8080"],
  ])("with %j changed to %j has a problem", (find, replace, problem) => {
    expect(imageProblems(spoil(image, find, replace), containerApp)).toEqual([problem]);
  });

  it("is found not to be asked by any probe", () => {
    expect(imageProblems(image, containerApp.replaceAll("httpGet:", "tcpSocket:"))).toEqual([
      "no probe asks for /health",
    ]);
  });

  it.each([
    [
      "'Liveness', httpGet: { path: '/health'",
      "'Liveness', httpGet: { path: '/live'",
      "a probe asks for /live, which the server lacks",
    ],
    ["failureThreshold: 10", "failureThreshold: 30", "a probe may fail 30 times, and 10 are documented"],
  ])("in a container app with %j changed to %j has a problem", (find, replace, problem) => {
    expect(imageProblems(image, spoil(containerApp, find, replace))).toEqual([problem]);
  });
});
