import { writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { root } from "./run.mjs";

/**
 * Compiles modules that use a package installed in a project, with each way of resolving modules, as ES modules and as
 * CommonJS: every export has a type of its own, the types can be imported alone, and the declarations are sound.
 */
export function checkTypes(project, name, exported) {
  for (const resolution of [ModuleResolutionKind.Node16, ModuleResolutionKind.NodeNext, ModuleResolutionKind.Bundler]) {
    const files = Object.entries(probes(name, exported, resolution)).map(([file, text]) => {
      writeFileSync(join(project, file), text);
      return join(project, file);
    });
    const problems = compile(project, files, resolution);
    if (problems !== "") {
      throw new Error(`${name} with moduleResolution ${ModuleResolutionKind[resolution]}:\n${problems}`);
    }
  }
}

const { ModuleKind, ModuleResolutionKind, ScriptTarget } = ts;

const modules = {
  [ModuleResolutionKind.Node16]: ModuleKind.Node16,
  [ModuleResolutionKind.NodeNext]: ModuleKind.NodeNext,
  [ModuleResolutionKind.Bundler]: ModuleKind.ESNext,
};

function probes(name, exported, resolution) {
  const values = exported.map((value) => `export const ${value}: IsAny<typeof it.${value}> = false;`).join("\n");
  const isAny = "type IsAny<T> = 0 extends 1 & T ? true : false;";
  return {
    "values.mts": `import * as it from "${name}";\n${isAny}\n${values}\n`,
    "types.mts": `export type * from "${name}";\n`,
    ...(resolution !== ModuleResolutionKind.Bundler && {
      "values.cts": `import it = require("${name}");\n${isAny}\n${values}\n`,
      "types.cts": `import type it = require("${name}");\nexport type { it };\n`,
    }),
  };
}

function compile(project, files, moduleResolution) {
  const options = {
    target: ScriptTarget.ES2022,
    lib: ["lib.es2023.d.ts"],
    module: modules[moduleResolution],
    moduleResolution,
    strict: true,
    exactOptionalPropertyTypes: true,
    typeRoots: [join(root, "node_modules/@types")],
    types: ["node"],
    noEmit: true,
  };
  const program = ts.createProgram(files, options);
  // What other packages declare is not ours to mend.
  const ours = program
    .getSourceFiles()
    .filter(
      ({ fileName }) => files.includes(fileName) || fileName.startsWith(join(project, "node_modules/@acs-auth/")),
    );
  const diagnostics = [
    ...program.getOptionsDiagnostics(),
    ...program.getGlobalDiagnostics(),
    ...ours.flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]),
  ];
  return ts.formatDiagnostics(diagnostics, {
    getCanonicalFileName: (fileName) => fileName,
    getCurrentDirectory: () => project,
    getNewLine: () => "\n",
  });
}
