// Runs the fire suite and prints what was tried and what was lost.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs, stripVTControlCharacters } from "node:util";
import { formatReport, readFindings } from "./format-report.mjs";

const HELP = `Usage: pnpm test:fire [--short] [<test file> ...]

Puts acs-auth under races, faults, kills, attacks and load, and prints what was tried and what was lost.

  --short   a minute's worth, as on every push (default: everything, some minutes)
  --help    shows this

Environment: FIRE_SEED repeats the random histories of an earlier run, NO_COLOR turns colours off.
Exit code: 0 if every experiment held and nothing was lost, 1 if not, 2 for a wrong option.
`;

/** They load the machine themselves, so that nothing else may run beside them. */
const UNDER_LOAD = ["fire/test/outages.test.ts", "fire/test/storms.test.ts"];

const root = resolve(import.meta.dirname, "..");
const colours = process.stdout.isTTY === true && !process.env.NO_COLOR;
const print = (text) => process.stdout.write(colours ? text : stripVTControlCharacters(text));
const { values: options, positionals: files } = parsed();

if (options.help) print(HELP);
else process.exitCode = await run();

async function run() {
  const work = mkdtempSync(join(tmpdir(), "acs-auth-fire-"));
  const reportFile = join(work, "report.jsonl");
  const start = performance.now();
  try {
    const exitCode = await runAll(reportFile);
    const findings = readFindings(reportFile);
    const lost = findings.reduce((sum, finding) => sum + finding.lost, 0);
    print(formatReport(findings, { seconds: (performance.now() - start) / 1000, isShort: options.short }));
    if (exitCode !== 0) print("\nExperiments failed: see above.\n");
    return exitCode === 0 && lost === 0 && findings.length > 0 ? 0 : 1;
  } finally {
    rmSync(work, { recursive: true });
  }
}

async function runAll(reportFile) {
  if (files.length > 0) return vitest(reportFile, files);
  const underLoad = await vitest(reportFile, ["--no-file-parallelism", ...UNDER_LOAD]);
  const others = await vitest(
    reportFile,
    UNDER_LOAD.map((file) => `--exclude=${file}`),
  );
  return underLoad || others;
}

async function vitest(reportFile, args) {
  const child = spawn(
    process.execPath,
    [resolve(root, "node_modules/vitest/vitest.mjs"), "run", "--config", "fire/vitest.config.ts", ...args],
    {
      cwd: root,
      stdio: "inherit",
      env: { ...process.env, FIRE: options.short ? "short" : "full", FIRE_REPORT: reportFile },
    },
  );
  const [code] = await once(child, "exit");
  return code ?? 1;
}

function parsed() {
  try {
    const definitions = { short: { type: "boolean", default: false }, help: { type: "boolean", default: false } };
    return parseArgs({ options: definitions, allowPositionals: true });
  } catch (error) {
    process.stderr.write(`${error.message}\n\n${HELP}`);
    process.exit(2);
  }
}
