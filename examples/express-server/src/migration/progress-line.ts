import type { MigrationProgress } from "@acs-auth/store-migration";

/** Where progress is shown. */
export interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const ERASE_LINE = "\r\u001b[K";

/** Progress in one line that changes on a terminal, and in a line for each step elsewhere. */
export class ProgressLine {
  readonly #output: Output;
  #isOpen = false;

  constructor(output: Output) {
    this.#output = output;
  }

  show(progress: MigrationProgress): void {
    this.#isOpen = this.#output.isTTY === true;
    this.#output.write(this.#isOpen ? `${ERASE_LINE}${summaryOf(progress)}` : `${summaryOf(progress)}\n`);
  }

  end(): void {
    if (this.#isOpen) this.#output.write("\n");
    this.#isOpen = false;
  }
}

function summaryOf({ read, copied, alreadyThere, removedMeanwhile, problems }: MigrationProgress): string {
  const removed = removedMeanwhile > 0 ? `, ${removedMeanwhile} removed meanwhile` : "";
  return `${read} read: ${copied} copied, ${alreadyThere} there already${removed}, ${problems.length} problems`;
}
