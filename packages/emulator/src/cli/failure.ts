import { styleText } from "node:util";
import { type Row, table } from "./table.js";

/** What keeps the emulator from its work, in words for the person who started it. */
export class CliFailure extends Error {
  override readonly name = "CliFailure";
  /** What to do and how, one way a row. */
  readonly advice: readonly Row[];

  constructor(message: string, advice: readonly Row[], cause: unknown) {
    super(message, { cause });
    this.advice = advice;
  }
}

/** For stderr. */
export function describeFailure(error: unknown): string {
  const style = (format: "red" | "dim" | "bold") => (text: string) =>
    styleText(format, text, { stream: process.stderr });
  const message = `${style("red")("error:")} ${error instanceof Error ? error.message : error}\n`;
  if (!(error instanceof CliFailure) || error.advice.length === 0) return message;
  return `${message}\n${table(error.advice, "  ", [style("dim"), style("bold"), style("dim")])}\n`;
}
