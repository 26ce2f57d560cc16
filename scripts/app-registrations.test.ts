import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { SCRIPT_PROMISES } from "./deployment/script-promises.js";
import { ScriptRun } from "./deployment/script-run.js";
import { SPOILED_SCRIPTS } from "./deployment/spoiled-scripts.js";

const scripts = resolve(import.meta.dirname, "../infra/scripts");

function begin(): ScriptRun {
  const run = new ScriptRun();
  onTestFinished(() => run.remove());
  return run;
}

describe("the scripts of infra", { timeout: 60_000 }, () => {
  it.each(Object.entries(SCRIPT_PROMISES))("%s", (_, promise) => {
    promise(begin());
  });
});

describe("a spoiled script is found out", { timeout: 60_000 }, () => {
  it.each(SPOILED_SCRIPTS)("$script, if not: $promise", ({ promise, script, find, replace, problem }) => {
    const run = begin();
    run.spoil(script, find, replace);
    expect(() => SCRIPT_PROMISES[promise](run)).toThrow(problem);
  });

  it("whatever the promise", () => {
    const spoiled = SPOILED_SCRIPTS.map(({ promise }) => promise);
    expect(new Set(spoiled)).toEqual(new Set(Object.keys(SCRIPT_PROMISES)));
  });
});

/** Debian's `shellcheck`, which GitHub's machines have too. */
const hasShellCheck = spawnSync("shellcheck", ["--version"]).status === 0;

it.skipIf(!hasShellCheck)("ShellCheck finds nothing", () => {
  const { stdout, status } = spawnSync("shellcheck", ["--external-sources", ...readdirSync(scripts)], {
    cwd: scripts,
    encoding: "utf8",
  });
  expect(stdout).toBe("");
  expect(status).toBe(0);
});
