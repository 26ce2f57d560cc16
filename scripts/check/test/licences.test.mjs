import { join } from "node:path";
import { expect, it } from "vitest";
import { licences } from "../licences.mjs";
import { folderOf } from "./fixtures.mjs";

const jose = { name: "jose", version: "6.2.17", licence: "MIT" };
const hono = { name: "hono", version: "4.13.19", licence: "MIT" };

/** The document of what jose and hono ask for. */
function documented() {
  const file = join(folderOf(), "licences.md");
  licences({ write: true, file, found: [jose, hono] });
  return file;
}

it("takes a document of what is needed, in whatever order that is found", () => {
  licences({ file: documented(), found: [hono, jose] });
});

it.each([
  ["another version", [{ ...jose, version: "6.2.18" }, hono]],
  ["another licence", [{ ...jose, licence: "ISC" }, hono]],
  ["one dependency more", [jose, hono, { name: "lru-cache", version: "11.5.3", licence: "ISC" }]],
  ["one dependency less", [jose]],
])("refuses a document that %s makes stale", (_, found) => {
  const file = documented();
  expect(() => licences({ file, found })).toThrow(`Out of date: ${file}. Run pnpm docs:licences`);
});

it("refuses that there is no document", () => {
  const file = join(folderOf(), "licences.md");
  expect(() => licences({ file, found: [jose] })).toThrow(`Out of date: ${file}`);
});

it.each(["GPL-3.0-only", "MIT AND GPL-3.0-only", "Unknown"])(
  "refuses the licence %s, in check and writing",
  (licence) => {
    const found = [hono, { ...jose, licence }];
    for (const write of [false, true]) {
      const check = () => licences({ write, file: documented(), found });
      expect(check).toThrow(`Licences not in the list of those allowed: jose@6.2.17 (${licence})`);
    }
  },
);
