import { onStderr, type Row, table } from "./style.js";

/** What keeps a command from its work, in words for the person who started it. */
export class Failure extends Error {
  override readonly name = "Failure";
  /** What to do and how, one way a row. */
  readonly advice: readonly Row[];

  constructor(message: string, advice: readonly Row[] = []) {
    super(message);
    this.advice = advice;
  }
}

export function printFailure(error: unknown): void {
  console.error(`${onStderr("red")("error:")} ${error instanceof Error ? error.message : error}`);
  if (!(error instanceof Failure) || error.advice.length === 0) return;
  console.error(`\n${table(error.advice, "  ", [onStderr("dim"), onStderr("bold"), onStderr("dim")])}\n`);
}
