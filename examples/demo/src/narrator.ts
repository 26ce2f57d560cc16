import { bold, dim, green, red } from "./console/style.js";

/** Tells the steps of the journey as they happen. */
export class Narrator {
  readonly #start = performance.now();
  #step = 0;

  title(text: string): void {
    console.log(`\n  ${bold(text)}\n`);
  }

  /** Runs a step and prints what came back and how long it took. */
  async step<T>(title: string, run: () => Promise<T>, describe: (result: T) => Record<string, unknown>): Promise<T> {
    const start = performance.now();
    this.#step += 1;
    const number = dim(String(this.#step).padStart(2));
    try {
      const result = await run();
      console.log(`  ${green("✔")} ${number}  ${bold(title)}  ${dim(duration(performance.now() - start))}`);
      for (const [name, value] of Object.entries(describe(result))) {
        console.log(`          ${dim(name.padEnd(12))} ${value}`);
      }
      return result;
    } catch (error) {
      console.log(`  ${red("✘")} ${number}  ${bold(title)}  ${dim(duration(performance.now() - start))}`);
      throw error;
    }
  }

  end(): void {
    console.log(`\n  ${green("Done")} in ${duration(performance.now() - this.#start)}.\n`);
  }
}

function duration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** Enough of a token to recognise it, too little to use it. */
export function shorten(token: string): string {
  return `${token.slice(0, 12)}…${token.slice(-6)} ${dim(`(${token.length} characters)`)}`;
}
