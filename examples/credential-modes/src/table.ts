import { style } from "./style.js";

/** A mode with its cells, or with what went wrong. */
export type TableRow = { readonly name: string } & (
  | { readonly cells: readonly string[] }
  | { readonly problem: string }
);

const GAP = "   ";

/** Prints columns as wide as their widest cell; colours only on a terminal, as `NO_COLOR` allows. */
export function printTable([first = "", ...others]: readonly string[], rows: readonly TableRow[]): void {
  const cellsOf = (row: TableRow) => ("cells" in row ? row.cells : []);
  const nameWidth = widest([first, ...rows.map(({ name }) => name)]);
  const widths = others.map((heading, column) => widest([heading, ...rows.map((row) => cellsOf(row)[column] ?? "")]));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join(GAP)
      .trimEnd();

  console.log(style.dim(`    ${first.padEnd(nameWidth)}${GAP}${line(others)}`));
  for (const row of rows) {
    const name = row.name.padEnd(nameWidth);
    if ("cells" in row) console.log(`  ${style.green("✔")} ${style.bold(name)}${GAP}${line(row.cells)}`);
    else console.log(`  ${style.red("✘")} ${style.bold(name)}${GAP}${style.red(row.problem)}`);
  }
}

function widest(cells: readonly string[]): number {
  return Math.max(...cells.map((cell) => cell.length));
}
