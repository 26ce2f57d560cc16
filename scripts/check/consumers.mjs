import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkTypes } from "./consumer-types.mjs";
import { run } from "./run.mjs";

/** Installs a package with npm into an empty project, with nothing but its peers, and uses it there. Returns its folder. */
export function checkConsumer({ folder, manifest }, tarballs, work) {
  const { name } = manifest;
  const project = join(work, `consumer-${folder}`);
  mkdirSync(project);
  const wanted = [name, ...Object.keys(manifest.peerDependencies ?? {})];
  const dependencies = Object.fromEntries(wanted.map((wish) => [wish, `file:${tarballs[wish]}`]));
  writeFileSync(join(project, "package.json"), JSON.stringify({ private: true, dependencies }));
  run("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"], project);
  checkUse(project, name);
  return project;
}

/** A package installed in a project can be imported, required and compiled, and exports the same each way. */
export function checkUse(project, name) {
  const imported = exportsOf(project, "module", `await import("${name}")`);
  const required = exportsOf(project, "commonjs", `require("${name}")`);
  if (imported.length === 0) throw new Error(`${name} exports nothing`);
  if (`${imported}` !== `${required}`) throw new Error(`${name} exports ${imported} to import, ${required} to require`);
  checkTypes(project, name, imported);
}

function exportsOf(project, type, expression) {
  const script = `console.log(JSON.stringify(Object.keys(${expression}).filter((name) => /^[A-Za-z]/.test(name)).sort()))`;
  return JSON.parse(run(process.execPath, [`--input-type=${type}`, "-e", script], project));
}
