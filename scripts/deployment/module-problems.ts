import { posix } from "node:path";
import type { Node } from "web-tree-sitter";
import { all, propertiesOf, symbolOf, type Template, treeOf, valueAt } from "./bicep.js";

export interface Module {
  readonly symbol: string;
  readonly file: string;
  /** What is behind each parameter that it is given. */
  readonly given: ReadonlyMap<string, Node>;
}

export function syntaxProblems(template: Template): string[] {
  return Object.entries(template).flatMap(([file, text]) => {
    const tree = treeOf(text);
    const errors = [...all(tree, "ERROR"), ...all(tree, "MISSING")];
    if (errors.length === 0 && tree.hasError) return [`${file} is not well-formed`];
    return errors.map((node) => `${file}:${node.startPosition.row + 1} is not well-formed: ${node.text}`);
  });
}

/** Where a parameter's default stands, there is something behind its type. */
export function parametersOf(text: string): { readonly name: string; readonly isRequired: boolean }[] {
  return all(treeOf(text), "parameter_declaration").map((node) => ({
    name: symbolOf(node),
    isRequired: !node.text.includes("="),
  }));
}

export function outputsOf(text: string): string[] {
  return all(treeOf(text), "output_declaration").map(symbolOf);
}

export function modulesOf(file: string, text: string): Module[] {
  return all(treeOf(text), "module_declaration").map((node) => {
    const [body] = all(node, "object");
    return {
      symbol: symbolOf(node),
      file: posix.join(posix.dirname(file), all(node, "string_content")[0]?.text ?? ""),
      given: propertiesOf(body && valueAt(body, "params")),
    };
  });
}

export function moduleProblems(template: Template): string[] {
  return Object.entries(template).flatMap(([file, text]) =>
    modulesOf(file, text).flatMap(({ symbol, file: source, given }) => {
      const module = `${file}: module ${symbol}`;
      const parameters = parametersOf(template[source] ?? "");
      const names = parameters.map(({ name }) => name);
      const required = parameters.filter(({ isRequired }) => isRequired).map(({ name }) => name);
      const outputs = outputsOf(template[source] ?? "");
      const asked = [...text.matchAll(new RegExp(`\\b${symbol}\\.outputs\\.(\\w+)`, "g"))].map(([, name = ""]) => name);
      return [
        ...(source in template ? [] : [`${module} is ${source}, which is not there`]),
        ...required.filter((name) => !given.has(name)).map((name) => `${module} is not given ${name}`),
        ...[...given.keys()]
          .filter((name) => !names.includes(name))
          .map((name) => `${module} is given ${name}, which it does not take`),
        ...asked
          .filter((name) => !outputs.includes(name))
          .map((name) => `${module} is asked for ${name}, which it does not tell`),
      ];
    }),
  );
}

export function parameterFileProblems(template: Template, given: readonly string[]): string[] {
  const names = parametersOf(template["main.bicep"] ?? "").map(({ name }) => name);
  return [
    ...names.filter((name) => !given.includes(name)).map((name) => `main.parameters.json does not give ${name}`),
    ...given
      .filter((name) => !names.includes(name))
      .map((name) => `main.parameters.json gives ${name}, which main.bicep does not take`),
  ];
}
