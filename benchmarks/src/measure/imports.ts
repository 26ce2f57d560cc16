import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { type Figure, figure } from "../report/statistics.js";

const run = promisify(execFile);

/** The time that importing each package takes in a fresh process, in milliseconds. */
export async function measureImports(
  packages: readonly string[],
  folder: string,
  times: number,
): Promise<Readonly<Record<string, Figure>>> {
  const measured = new Map(packages.map((name) => [name, [] as number[]]));
  for (let round = 0; round < times; round++) {
    for (const [name, values] of measured) values.push(await importTime(name, folder));
  }
  return Object.fromEntries([...measured].map(([name, values]) => [name, figure(values)]));
}

async function importTime(name: string, cwd: string): Promise<number> {
  const code = `const start = performance.now(); await import(${JSON.stringify(name)}); console.log(performance.now() - start);`;
  const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", code], { cwd });
  return Number(stdout);
}
