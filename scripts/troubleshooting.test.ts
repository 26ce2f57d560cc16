import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { AcsAuthError } from "@acs-auth/core";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "..");
const guide = readFileSync(join(root, "docs/troubleshooting.md"), "utf8");
const entries = new Map(
  guide
    .split(/^(?=##+ )/m)
    .map((section) => [/^### `(.+)`$/m.exec(section)?.[1], section] as const)
    .filter((entry): entry is [string, string] => entry[0] !== undefined),
);

const SOURCES = {
  core: "packages/core/src/errors/acs-auth-error.ts",
  http: "packages/http/src/errors/problem.ts",
  client: "packages/client/src/errors/acs-auth-error.ts",
  rejections: "packages/core/src/verification/rejection.ts",
  orphans: "packages/core/src/service/orphan-reporter.ts",
  migration: "packages/store-migration/src/migration/problem.ts",
} as const;

const config = ts.getParsedCommandLineOfConfigFile(
  join(root, "tsconfig.json"),
  {},
  {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
      throw new Error(ts.flattenDiagnosticMessageText(messageText, "\n"));
    },
  },
);
const program = ts.createProgram(
  Object.values(SOURCES).map((path) => join(root, path)),
  config?.options ?? {},
);
const checker = program.getTypeChecker();

/** The string literals of an exported type, or of one of its members. */
function literalsOf(source: keyof typeof SOURCES, name: string, member?: string): string[] {
  const file = program.getSourceFile(join(root, SOURCES[source]));
  const module = file && checker.getSymbolAtLocation(file);
  const symbol = module && checker.getExportsOfModule(module).find((exported) => exported.name === name);
  if (!file || !symbol) throw new Error(`${SOURCES[source]} exports no ${name}.`);
  const declared = checker.getDeclaredTypeOfSymbol(symbol);
  const property = member && checker.getPropertyOfType(declared, member);
  const type = property ? checker.getTypeOfSymbolAtLocation(property, file) : declared;
  const literals = (type.isUnion() ? type.types : [type]).map((part) => (part.isStringLiteral() ? part.value : ""));
  expect(literals.length).toBeGreaterThan(1);
  expect(literals).not.toContain("");
  return literals;
}

const coreCodes = literalsOf("core", "AcsAuthErrorCode");
const allCodes = new Set([
  ...coreCodes,
  ...literalsOf("http", "ProblemCode"),
  ...literalsOf("client", "ClientErrorCode"),
]);

describe("the troubleshooting guide", () => {
  it("has an entry for every code, once, and no other", () => {
    const headings = [...guide.matchAll(/^### `(.+)`$/gm)].map(([, code]) => code);
    expect(headings.toSorted()).toEqual([...allCodes].toSorted());
  });

  it.each([...allCodes])("says of %s what causes it, what is seen and what to do", (code) => {
    const entry = entries.get(code) ?? "";
    for (const part of ["Cause", "Seen as", "Do"])
      expect(entry).toMatch(new RegExp(`^- \\*\\*${part}:\\*\\* \\S`, "m"));
  });

  it.each(coreCodes)("says with which status %s is answered", (code) => {
    const isCode = (value: string): value is AcsAuthError["code"] => coreCodes.includes(value);
    if (!isCode(code)) throw new Error(code);
    const seenAs = /^- \*\*Seen as:\*\* (.*(?:\n {2}.*)*)/m.exec(entries.get(code) ?? "")?.[1];
    expect(seenAs).toMatch(new RegExp(`\\b${new AcsAuthError(code, "").statusCode}\\b`));
  });

  it.each([
    ["reason for which a token is refused", literalsOf("rejections", "TokenRejectionReason")],
    ["reason of an orphan", literalsOf("orphans", "OrphanedIdentity", "reason")],
    ["kind of a problem of a migration", literalsOf("migration", "MigrationProblem", "kind")],
  ])("names every %s", (_, names) => {
    expect(names.filter((name) => !guide.includes(`\`${name}\``))).toEqual([]);
  });
});
