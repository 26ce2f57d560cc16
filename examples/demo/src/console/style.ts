import { styleText } from "node:util";

export type Row = readonly string[];
export type Style = (text: string) => string;

export const bold: Style = (text) => styleText("bold", text);
export const cyan: Style = (text) => styleText("cyan", text);
export const dim: Style = (text) => styleText("dim", text);
export const green: Style = (text) => styleText("green", text);
export const plain: Style = (text) => text;
export const red: Style = (text) => styleText("red", text);

/** For stderr, which may be a terminal where stdout is none, and the other way round. */
export const onStderr = (format: "bold" | "dim" | "red"): Style => {
  return (text) => styleText(format, text, { stream: process.stderr });
};

/** Aligned columns, each in its style. */
export function table(rows: readonly Row[], indent: string, styles: readonly Style[]): string {
  const widths = styles.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const cell = (text: string, column: number) =>
    (styles[column] ?? plain)(text) + " ".repeat((widths[column] ?? 0) - text.length);
  return rows.map((row) => `${indent}${row.map(cell).join("  ").trimEnd()}`).join("\n");
}
