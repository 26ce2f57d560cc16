export type Row = readonly string[];
export type Style = (text: string) => string;

/** Aligned columns, each in its style; the last one is as wide as it likes. */
export function table(rows: readonly Row[], indent: string, styles: readonly Style[] = []): string {
  const widths = rows.reduce<readonly number[]>(
    (widest, row) =>
      Array.from({ length: Math.max(widest.length, row.length) }, (_, column) =>
        Math.max(widest[column] ?? 0, row[column]?.length ?? 0),
      ),
    [],
  );
  const cell = (text: string, column: number) => {
    const style = styles[column] ?? ((plain: string) => plain);
    return style(text) + " ".repeat((widths[column] ?? 0) - text.length);
  };
  return rows.map((row) => `${indent}${row.map(cell).join("  ").trimEnd()}`).join("\n");
}
