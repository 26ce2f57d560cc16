import { writeFileSync } from "node:fs";
import { type Arguments, readArguments, USAGE, UsageError } from "./arguments.js";
import { formatResults } from "./report/format.js";
import { isMet, targetsOf } from "./report/targets.js";
import { FULL, QUICK } from "./run/intensity.js";
import { run } from "./run/run.js";

process.exitCode = await main();

async function main(): Promise<number> {
  try {
    const options = readArguments(process.argv.slice(2));
    if (!options.help) return await bench(options);
    process.stdout.write(USAGE);
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n\n${USAGE}`);
    return 2;
  }
}

async function bench({ quick, charts, json, only }: Arguments): Promise<number> {
  const start = performance.now();
  const seconds = () => `${((performance.now() - start) / 1000).toFixed(0).padStart(4)} s`;
  const progress = (text: string) => process.stderr.write(`${seconds()}  ${text}\n`);
  const results = await run({ intensity: quick ? QUICK : FULL, quick, only, progress });
  process.stdout.write(`${formatResults(results)}\n`);
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(results, null, 2)}\n`);
  // The drawing library is large and not needed otherwise.
  if (charts) await (await import("./report/write-charts.js")).writeCharts(results);
  progress("done");
  const missed = targetsOf(results).filter((target) => isMet(target) === false);
  for (const { name } of missed) process.stderr.write(`Missed: ${name}\n`);
  return missed.length === 0 ? 0 : 1;
}
