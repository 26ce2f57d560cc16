// Runs the suites of the libraries on every release line of Node that is supported, and on Bun and Deno the server that
// is built from core, http and the memory store. Prints a table of what was run.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { root, runtimes } from "./runtimes.mjs";

const HELP = `Usage: pnpm test:runtimes [<runtime> ...]

Runs the suites of core, http, client and the stores on ${runtimes.map(({ name }) => name).join(", ")}
(on Bun and Deno a server made of core, http and the memory store), one after the other.

  <runtime>  only these, for example: 22 bun
  --help     shows this

Exit code: 0 if everything passed, 1 if not, 2 for a wrong argument.
`;

const { values, positionals } = parseArgs({ allowPositionals: true, options: { help: { type: "boolean" } } });
const wanted = runtimes.filter(({ name }) => positionals.length === 0 || positionals.some((text) => names(text, name)));

if (values.help) process.stdout.write(HELP);
else if (positionals.some((text) => !runtimes.some(({ name }) => names(text, name)))) {
  process.stderr.write(HELP);
  process.exitCode = 2;
} else process.exitCode = await runAll();

/** `Node 22` goes by `22` as well. */
function names(text, name) {
  const [last] = name.split(" ").reverse();
  return [name, last].some((wanted) => wanted.toLowerCase() === text.toLowerCase());
}

async function runAll() {
  const rows = [];
  for (const runtime of wanted) rows.push(await runOne(runtime));
  const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
  print(["runtime", "version", "files", "passed", "failed", "skipped", "seconds"], rows.map(Object.values));
  console.log(`\n${sum("passed")} passed, ${sum("failed")} failed, ${sum("skipped")} skipped`);
  return rows.every(({ passed, failed }) => passed > 0 && failed === 0) ? 0 : 1;
}

async function runOne({ name, install, tests }) {
  const { version, program, env } = install();
  console.log(`${name} (${version})`);
  const work = mkdtempSync(join(tmpdir(), "acs-auth-runtimes-"));
  const start = performance.now();
  try {
    const outputFile = join(work, "results.json");
    await vitest(program, env, ["--reporter=dot", "--reporter=json", `--outputFile.json=${outputFile}`, ...tests]);
    const seconds = Math.round((performance.now() - start) / 1000);
    return { name, version, ...countsOf(JSON.parse(readFileSync(outputFile, "utf8"))), seconds };
  } finally {
    rmSync(work, { recursive: true });
  }
}

async function vitest(program, env, args) {
  const child = spawn(program, [join(root, "node_modules/vitest/vitest.mjs"), "run", "--silent=true", ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", "inherit", "inherit"],
  });
  await once(child, "exit");
}

/** A file that could not be loaded counts as a failure. */
function countsOf({ testResults }) {
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const count = (...statuses) => tests.filter(({ status }) => statuses.includes(status)).length;
  const broken = testResults.filter(({ status, assertionResults: [first] }) => status === "failed" && !first).length;
  const files = testResults.filter(({ assertionResults }) =>
    assertionResults.some(({ status }) => status === "passed"),
  );
  return {
    files: files.length,
    passed: count("passed"),
    failed: count("failed") + broken,
    skipped: count("skipped", "pending", "todo"),
  };
}

function print(titles, rows) {
  for (const cells of [titles, titles.map(() => "---"), ...rows]) console.log(`| ${cells.join(" | ")} |`);
}
