import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { checkReleasePlan } from "../release-plan.mjs";
import { root } from "../run.mjs";
import { folderOf } from "./fixtures.mjs";

const config = JSON.parse(readFileSync(join(root, ".changeset/config.json"), "utf8"));
const core = { name: "@acs-auth/core", version: "0.1.0" };
const http = { name: "@acs-auth/http", version: "0.1.0", peerDependencies: { "@acs-auth/core": "workspace:0.x" } };
const tool = { name: "@acs-auth/tool", version: "0.1.0", private: true };

/** Checks a repository with two public packages and a private one, and with one changeset. */
function check({ changeset, settings = {}, packages = [] }) {
  const manifests = new Map([core, http, tool, ...packages].map((manifest) => [manifest.name, manifest]));
  const folder = folderOf({
    "package.json": { name: "repository", private: true },
    "pnpm-workspace.yaml": "packages:\n  - packages/*\n",
    ".changeset/config.json": { ...config, ...settings },
    ".changeset/change.md": changeset,
    ...Object.fromEntries(
      [...manifests].map(([name, manifest]) => [`packages/${name.split("/")[1]}/package.json`, manifest]),
    ),
  });
  return checkReleasePlan(folder, [core.name, http.name]);
}

const minor = '---\n"@acs-auth/core": minor\n---\n\nMore.\n';

it("takes a plan that releases every public package under one version", async () => {
  await check({ changeset: minor });
});

it("takes a plan that releases nothing", async () => {
  await check({});
});

it("takes a major release that somebody asked for", async () => {
  await check({ changeset: minor.replace("minor", "major") });
});

it("refuses the release of a private package", async () => {
  const settings = { privatePackages: { version: true, tag: false } };
  await expect(check({ changeset: minor, settings })).rejects.toThrow("released packages: @acs-auth/tool is too many");
});

it("refuses the release of only some packages", async () => {
  await expect(check({ changeset: minor, settings: { fixed: [] } })).rejects.toThrow(
    "released packages: @acs-auth/http is missing",
  );
});

it("refuses several versions", async () => {
  const changeset = minor.replace("\n---\n\n", '\n"@acs-auth/http": patch\n---\n\n');
  await expect(check({ changeset, settings: { fixed: [] } })).rejects.toThrow("with versions 0.2.0 and 0.1.1");
});

it("refuses a major release that nobody asked for", async () => {
  const packages = [{ ...http, peerDependencies: { "@acs-auth/core": "workspace:^" } }];
  await expect(check({ changeset: minor, packages })).rejects.toThrow("gets a major release; nobody asked");
});
