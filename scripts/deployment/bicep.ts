import { createRequire } from "node:module";
import { Language, type Node, Parser } from "web-tree-sitter";

await Parser.init();
const grammar = createRequire(import.meta.url).resolve("tree-sitter-bicep/tree-sitter-bicep.wasm");
const parser = new Parser().setLanguage(await Language.load(grammar));

/** The texts of Bicep files, by their paths. */
export type Template = Readonly<Record<string, string>>;

export interface Resource {
  readonly symbol: string;
  /** Without the version. */
  readonly type: string;
  readonly body: Node;
}

export function treeOf(text: string): Node {
  // The grammar takes the path of all properties for the beginning of a comment.
  const tree = parser.parse(text.replaceAll("'/*'", "'/all'"));
  if (!tree) throw new Error("The text was not parsed.");
  return tree.rootNode;
}

export function all(node: Node, type: string): Node[] {
  return node.descendantsOfType(type).filter((found) => found !== null);
}

export const symbolOf = (declaration: Node): string => all(declaration, "identifier")[0]?.text ?? "";

export function resourcesOf(text: string): Resource[] {
  return all(treeOf(text), "resource_declaration").flatMap((declaration) => {
    const [type = ""] = all(declaration, "string_content")[0]?.text.split("@") ?? [];
    const [body] = all(declaration, "object");
    return body ? [{ symbol: symbolOf(declaration), type, body }] : [];
  });
}

/** Each property's value. */
export function propertiesOf(object: Node | undefined): ReadonlyMap<string, Node> {
  const properties = (object?.namedChildren ?? []).filter((child) => child?.type === "object_property");
  return new Map(
    properties.flatMap((property) => {
      const value = property?.namedChildren.at(-1);
      return value ? [[property?.firstChild?.text ?? "", value] as const] : [];
    }),
  );
}

/** The value behind a path such as `properties.disableLocalAuth`. */
export function valueAt(object: Node, path: string): Node | undefined {
  return path.split(".").reduce<Node | undefined>((node, name) => propertiesOf(node).get(name), object);
}

/** The variables that are texts. */
export function textsOf(text: string): ReadonlyMap<string, string> {
  return new Map(
    all(treeOf(text), "variable_declaration").map((declaration) => [
      symbolOf(declaration),
      all(declaration, "string_content")[0]?.text ?? "",
    ]),
  );
}
