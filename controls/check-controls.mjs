// Takes each guarantee's code away in turn and expects the tests to notice.
//   node controls/check-controls.mjs                 all but those that need a browser, which take longer
//   node controls/check-controls.mjs pages           those whose guarantee has this text, in a browser or not
//   node controls/check-controls.mjs --minutes 5     in random order, beginning none after 5 minutes
import { spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { controls } from "./controls.mjs";
import { shadowWithout } from "./shadow.mjs";

const root = resolve(import.meta.dirname, "..");
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { minutes: { type: "string" } },
});
const wanted = positionals.join(" ");
const endsAt = options.minutes === undefined ? Number.POSITIVE_INFINITY : Date.now() + Number(options.minutes) * 60_000;
const chosen = controls.filter((control) =>
  wanted === "" ? !needsBrowser(control) : control.guarantee.includes(wanted),
);
const remaining = (options.minutes === undefined ? chosen : shuffled(chosen)).values();
let caught = 0;
let missed = 0;

const stale = controls.filter((control) => occurrences(control) !== 1);
for (const control of stale) {
  console.log(`✘ ${control.guarantee}: the code to remove stands ${occurrences(control)} times in ${control.file}`);
}
if (stale.length > 0) process.exit(1);
if (chosen.length === 0) console.log(`No guarantee has the text "${wanted}".`);

await Promise.all(Array.from({ length: availableParallelism() }, checkRemaining));
const notTried = chosen.length - caught - missed;
console.log(
  `controls: ${caught} passed, ${missed} failed${notTried === 0 ? "" : `, ${notTried} not tried for want of time`}`,
);
process.exitCode = missed === 0 && caught > 0 ? 0 : 1;

async function checkRemaining() {
  for (const control of remaining) {
    if (Date.now() > endsAt) return;
    const start = performance.now();
    const outcome = await check(control);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    if (outcome === "caught") caught += 1;
    else missed += 1;
    const line = outcome === "caught" ? `✔ ${control.guarantee}` : `✘ ${control.guarantee}: ${outcome}`;
    console.log(`${line} (${seconds} s)`);
  }
}

function shuffled(values) {
  return values
    .map((value) => ({ value, position: Math.random() }))
    .sort((one, other) => one.position - other.position)
    .map(({ value }) => value);
}

/** How often the code to remove occurs, which has to be once. */
function occurrences({ file, find }) {
  return readFileSync(resolve(root, file), "utf8").split(find).length - 1;
}

async function check(control) {
  const { status, output } = await (needsBrowser(control) ? runInBrowser(control) : runTests(control));
  if (status === 0) return "no test noticed";
  if (output.includes("Test timeout of")) return "the test ran out of time, which proves nothing";
  return /^ *(Tests .*)?\d+ failed/m.test(output) ? "caught" : "the tests did not run";
}

function needsBrowser({ test }) {
  return test.endsWith(".spec.ts");
}

function runTests({ guarantee, test }) {
  const vitest = resolve(root, "node_modules/vitest/vitest.mjs");
  const parameters = ["run", "--config", "controls/vitest.config.ts", "--bail=1", "--silent=true", test];
  return run(root, [vitest, ...parameters], { ACS_AUTH_CONTROL: guarantee });
}

async function runInBrowser(control) {
  const { shadow, directory } = shadowWithout(control, root);
  try {
    if (control.file.startsWith("packages/emulator/page/")) {
      const built = await run(directory, ["node_modules/vite/bin/vite.js", "build"]);
      if (built.status !== 0) return built;
    }
    const playwright = "node_modules/@playwright/test/cli.js";
    const spec = control.test.split("/").at(-1);
    const parameters = [
      "--grep",
      control.grep,
      "--workers=1",
      "--max-failures=1",
      "--timeout=120000",
      `--output=${join(shadow, "results")}`,
    ];
    return await run(directory, [playwright, "test", spec, ...parameters]);
  } finally {
    rmSync(shadow, { recursive: true });
  }
}

async function run(cwd, parameters, env = {}) {
  const child = spawn(process.execPath, parameters, { cwd, env: { ...process.env, ...env, NO_COLOR: "1" } });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (text) => {
      output += text;
    });
  }
  const status = await new Promise((resolve) => child.once("close", resolve));
  return { status, output };
}
