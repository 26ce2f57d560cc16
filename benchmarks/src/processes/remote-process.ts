import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Answer, Operations } from "./expose.js";

export interface ProcessOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Options of Node itself. */
  readonly execArgv?: readonly string[];
}

interface Pending {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

/** A process of its own that has exposed operations `O`. */
export class RemoteProcess<O extends Operations> {
  readonly #child: ChildProcess;
  readonly #pending = new Map<number, Pending>();
  #calls = 0;

  /** @param entry - The name of the entry point, as built. */
  constructor(entry: string, { env = {}, execArgv = [] }: ProcessOptions = {}) {
    this.#child = fork(fileURLToPath(new URL(`./${entry}.js`, import.meta.url)), {
      env: { PATH: process.env["PATH"], ...env },
      execArgv: [...execArgv],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    this.#child.on("message", (answer: Answer) => this.#settle(answer));
    this.#child.on("exit", (code) => this.#failAll(new Error(`The process ${entry} ended with exit code ${code}.`)));
  }

  call<K extends keyof O & string>(operation: K, ...args: Parameters<O[K]>): Promise<Awaited<ReturnType<O[K]>>> {
    const id = ++this.#calls;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#child.send({ id, operation, args });
    });
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, "exit");
    this.#child.disconnect();
    await exited;
  }

  #settle(answer: Answer): void {
    const pending = this.#pending.get(answer.id);
    this.#pending.delete(answer.id);
    if ("error" in answer) pending?.reject(new Error(answer.error));
    else pending?.resolve(answer.value);
  }

  #failAll(error: Error): void {
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }
}
