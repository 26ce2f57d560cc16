// Takes each guarantee's code away in turn and expects the tests to notice.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { controls } from "./controls.mjs";

const root = resolve(import.meta.dirname, "..");
const wanted = process.argv.slice(2).join(" ");
let caught = 0;
let missed = 0;

for (const { guarantee, file, find, test } of controls.filter((control) => control.guarantee.includes(wanted))) {
  const occurrences = readFileSync(resolve(root, file), "utf8").split(find).length - 1;
  const start = performance.now();
  const outcome =
    occurrences === 1 ? run(guarantee, test) : `the code to remove stands ${occurrences} times in ${file}`;
  if (outcome === "caught") caught += 1;
  else missed += 1;
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(
    `${outcome === "caught" ? "✔" : "✘"} ${guarantee}${outcome === "caught" ? "" : `: ${outcome}`} (${seconds} s)`,
  );
}

console.log(`controls: ${caught} passed, ${missed} failed`);
process.exitCode = missed === 0 && caught > 0 ? 0 : 1;

function run(guarantee, test) {
  const vitest = resolve(root, "node_modules/vitest/vitest.mjs");
  const { status, stdout } = spawnSync(
    process.execPath,
    [vitest, "run", "--config", "controls/vitest.config.ts", "--bail=1", "--silent=true", test],
    { cwd: root, env: { ...process.env, ACS_AUTH_CONTROL: guarantee, NO_COLOR: "1" }, encoding: "utf8" },
  );
  if (status === 0) return "no test noticed";
  return /Tests .*\d+ failed/.test(stdout) ? "caught" : "the tests did not run";
}
