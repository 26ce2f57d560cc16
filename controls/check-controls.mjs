// Takes each guarantee's code away in turn and expects the tests to notice. Arguments: only guarantees with this text.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { controls } from "./controls.mjs";

const root = resolve(import.meta.dirname, "..");
const wanted = process.argv.slice(2).join(" ");
const remaining = controls.filter(({ guarantee }) => guarantee.includes(wanted)).values();
let caught = 0;
let missed = 0;

await Promise.all(Array.from({ length: availableParallelism() }, checkRemaining));
console.log(`controls: ${caught} passed, ${missed} failed`);
process.exitCode = missed === 0 && caught > 0 ? 0 : 1;

async function checkRemaining() {
  for (const control of remaining) {
    const start = performance.now();
    const outcome = await check(control);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    if (outcome === "caught") caught += 1;
    else missed += 1;
    const line = outcome === "caught" ? `✔ ${control.guarantee}` : `✘ ${control.guarantee}: ${outcome}`;
    console.log(`${line} (${seconds} s)`);
  }
}

async function check({ guarantee, file, find, test }) {
  const occurrences = readFileSync(resolve(root, file), "utf8").split(find).length - 1;
  if (occurrences !== 1) return `the code to remove stands ${occurrences} times in ${file}`;
  const { status, output } = await runTests(guarantee, test);
  if (status === 0) return "no test noticed";
  return /Tests .*\d+ failed/.test(output) ? "caught" : "the tests did not run";
}

async function runTests(guarantee, test) {
  const vitest = resolve(root, "node_modules/vitest/vitest.mjs");
  const child = spawn(
    process.execPath,
    [vitest, "run", "--config", "controls/vitest.config.ts", "--bail=1", "--silent=true", test],
    { cwd: root, env: { ...process.env, ACS_AUTH_CONTROL: guarantee, NO_COLOR: "1" } },
  );
  let output = "";
  child.stdout.on("data", (text) => {
    output += text;
  });
  const status = await new Promise((resolve) => child.once("close", resolve));
  return { status, output };
}
