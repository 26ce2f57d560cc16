import pc from "picocolors";

/** Tells the steps of the journey as they happen. */
export class Narrator {
  readonly #start = performance.now();
  #step = 0;

  title(text: string): void {
    console.log(`\n  ${pc.bold(text)}\n`);
  }

  /** Runs a step and prints what came back and how long it took. */
  async step<T>(title: string, run: () => Promise<T>, describe: (result: T) => Record<string, unknown>): Promise<T> {
    const start = performance.now();
    this.#step += 1;
    const number = pc.dim(String(this.#step).padStart(2));
    try {
      const result = await run();
      console.log(`  ${pc.green("✔")} ${number}  ${pc.bold(title)}  ${pc.dim(duration(performance.now() - start))}`);
      for (const [name, value] of Object.entries(describe(result))) {
        console.log(`          ${pc.dim(name.padEnd(12))} ${value}`);
      }
      return result;
    } catch (error) {
      console.log(`  ${pc.red("✘")} ${number}  ${pc.bold(title)}  ${pc.dim(duration(performance.now() - start))}`);
      throw error;
    }
  }

  end(): void {
    console.log(`\n  ${pc.green("Done")} in ${duration(performance.now() - this.#start)}.\n`);
  }
}

function duration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** Enough of a token to recognise it, too little to use it. */
export function shorten(token: string): string {
  return `${token.slice(0, 12)}…${token.slice(-6)} ${pc.dim(`(${token.length} characters)`)}`;
}
