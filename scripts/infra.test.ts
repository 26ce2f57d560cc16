import { accessSync, constants, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { Language, type Node, Parser } from "web-tree-sitter";
import { parse } from "yaml";
import { serverEnvironment } from "../examples/express-server/src/config/environment.js";

const root = resolve(import.meta.dirname, "..");
const infra = join(root, "infra");

await Parser.init();
const bicep = await Language.load(createRequire(import.meta.url).resolve("tree-sitter-bicep/tree-sitter-bicep.wasm"));
const parser = new Parser().setLanguage(bicep);

function treeOf(file: string): Node {
  // The grammar takes the path of all properties for the beginning of a comment.
  const text = readFileSync(join(infra, file), "utf8").replaceAll("'/*'", "'/all'");
  const tree = parser.parse(text);
  if (!tree) throw new Error(`${file} was not parsed`);
  return tree.rootNode;
}

function all(node: Node, type: string): Node[] {
  return node.descendantsOfType(type).filter((found) => found !== null);
}

const firstName = (node: Node) => all(node, "identifier")[0]?.text ?? "";
const propertyNames = (object: Node | undefined) =>
  (object?.namedChildren ?? [])
    .filter((child) => child?.type === "object_property")
    .map((child) => child?.firstChild?.text);

/** Where a parameter's default stands, there is something behind its type. */
function parametersOf(file: string): { readonly name: string; readonly isRequired: boolean }[] {
  return all(treeOf(file), "parameter_declaration").map((node) => ({
    name: firstName(node),
    isRequired: !node.text.includes("="),
  }));
}

function modulesOf(file: string) {
  return all(treeOf(file), "module_declaration").map((node) => {
    const [path] = all(node, "string_content");
    const params = all(node, "object_property").find((property) => property.firstChild?.text === "params");
    return {
      symbol: firstName(node),
      file: join(dirname(file), path?.text ?? ""),
      given: propertyNames(params && all(params, "object")[0]),
    };
  });
}

const files = readdirSync(infra, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".bicep"))
  .sort();
const modules = files.flatMap((file) => modulesOf(file).map((module) => ({ ...module, from: file })));

it.each(files)("%s is well-formed", (file) => {
  const tree = treeOf(file);
  const errors = [...all(tree, "ERROR"), ...tree.descendantsOfType("MISSING")];
  expect(errors.map((node) => `${(node?.startPosition.row ?? 0) + 1}: ${node?.text}`)).toEqual([]);
  expect(tree.hasError).toBe(false);
});

describe.each(modules)("module $symbol of $from", ({ symbol, file, from, given }) => {
  it("is given the parameters that it has, and all that it requires", () => {
    const parameters = parametersOf(file);
    expect(parameters.map(({ name }) => name)).toEqual(expect.arrayContaining(given));
    expect(given).toEqual(
      expect.arrayContaining(parameters.filter(({ isRequired }) => isRequired).map(({ name }) => name)),
    );
  });

  it("is asked for outputs that it has", () => {
    const asked = [
      ...readFileSync(join(infra, from), "utf8").matchAll(new RegExp(`\\b${symbol}\\.outputs\\.(\\w+)`, "g")),
    ];
    const outputs = all(treeOf(file), "output_declaration").map(firstName);
    expect(outputs).toEqual(expect.arrayContaining(asked.map(([, name]) => name)));
  });
});

it("azd gives every parameter of main.bicep, and no other", () => {
  const { parameters } = JSON.parse(readFileSync(join(infra, "main.parameters.json"), "utf8"));
  expect(Object.keys(parameters).sort()).toEqual(
    parametersOf("main.bicep")
      .map(({ name }) => name)
      .sort(),
  );
});

it("the server is given variables that it reads", () => {
  const sources = files.map((file) => readFileSync(join(infra, file), "utf8")).join("\n");
  const given = [...sources.matchAll(/\{ name: '([A-Z][A-Z_]+)', (?:value|secretRef):/g)].map(([, name]) => name);
  const platform = ["NODE_ENV", "SCM_DO_BUILD_DURING_DEPLOYMENT", "WEBSITE_RUN_FROM_PACKAGE"];
  const read = new Set([...Object.keys(serverEnvironment.shape), ...platform]);
  expect(given.filter((name) => !read.has(name ?? ""))).toEqual([]);
  expect(given.length).toBeGreaterThan(10);
});

it("every role is given for a resource of its own, to the server's identity", () => {
  for (const file of files) {
    for (const node of all(treeOf(file), "resource_declaration")) {
      if (!node.text.includes("Microsoft.Authorization/roleAssignments@")) continue;
      expect(node.text, file).toMatch(/\n {2}scope: \w+\n/);
      expect(node.text, file).toContain("principalId: principalId");
    }
  }
});

it("azure.yaml names files that exist, and hooks that can be run", () => {
  const { infra: provisioning, hooks, services } = parse(readFileSync(join(root, "azure.yaml"), "utf8"));
  accessSync(join(root, provisioning.path, "main.bicep"));
  accessSync(join(root, services.server.docker.path));
  for (const { run } of [hooks.preprovision, hooks.postprovision]) accessSync(join(root, run), constants.X_OK);
});
