import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { z } from "zod";
import { UsageError } from "./arguments.js";

/** What a run does; another one must not go on with its checkpoint. */
export interface Run {
  readonly source: string;
  readonly target: string;
  readonly mode: string;
}

/** How far a run has come. */
export interface Position {
  readonly continuationToken: string;
  /** How many problems there were until here: those of earlier pages are not met again. */
  readonly problems: number;
}

const format = z.object({
  source: z.string(),
  target: z.string(),
  mode: z.string(),
  continuationToken: z.string(),
  problems: z.int().nonnegative(),
});

/** A file that lets a run that was cut short go on where it was. */
export class Checkpoint {
  readonly #file: string;
  readonly #run: Run;

  constructor(file: string, run: Run) {
    this.#file = file;
    this.#run = run;
  }

  /**
   * Where to go on; `undefined` if there is no file.
   *
   * @throws UsageError if the file is no checkpoint or that of another run.
   */
  async read(): Promise<Position | undefined> {
    const text = await readFile(this.#file, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return undefined;
      throw new UsageError(`The checkpoint cannot be read (${error.code}).`, { cause: error });
    });
    if (text === undefined) return undefined;
    const { data } = format.safeParse(parseJson(text));
    if (!data) throw new UsageError("The file given as --checkpoint is no checkpoint.");
    const { source, target, mode } = this.#run;
    if (data.source !== source || data.target !== target || data.mode !== mode) {
      throw new UsageError("The checkpoint is that of another run: other stores, or another option.");
    }
    return data;
  }

  /** Replaces the file in one step, so that no half of it is ever read. */
  async write(position: Position): Promise<void> {
    const next = `${this.#file}.next`;
    await writeFile(next, `${JSON.stringify({ ...this.#run, ...position })}\n`, { mode: 0o600 });
    await rename(next, this.#file);
  }

  async remove(): Promise<void> {
    await rm(this.#file, { force: true });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
