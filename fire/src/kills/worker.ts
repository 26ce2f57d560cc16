import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Answer, Job, WorkerSettings } from "./messages.js";

/** A server in a process of its own, which can be killed. */
export class Worker {
  readonly #process: ChildProcess;
  readonly #onOrphan: (communicationUserId: string | undefined) => void;

  private constructor(child: ChildProcess, onOrphan: (communicationUserId: string | undefined) => void) {
    this.#process = child;
    this.#onOrphan = onOrphan;
    child.on("message", (answer: Answer) => {
      if (answer.kind === "orphan") this.#onOrphan(answer.communicationUserId);
    });
  }

  /** Resolves when the worker is ready. */
  static async start(
    bundle: string,
    settings: WorkerSettings,
    onOrphan: (communicationUserId: string | undefined) => void,
  ): Promise<Worker> {
    const worker = new Worker(fork(fileURLToPath(bundle), { execArgv: [] }), onOrphan);
    worker.#process.send(settings);
    if ((await worker.#answer()) !== "ready") throw new Error("A worker did not start; its output says why.");
    return worker;
  }

  /** Resolves to `done`, to the code of the error, or to `killed`. */
  async run(job: Job): Promise<string> {
    this.#process.send(job);
    return this.#answer();
  }

  async kill(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const exited = once(this.#process, "exit");
    this.#process.kill("SIGKILL");
    await exited;
  }

  #answer(): Promise<string> {
    return new Promise((resolve) => {
      const onMessage = (answer: Answer) => {
        if (answer.kind !== "orphan") end(answer.kind === "failed" ? answer.code : answer.kind);
      };
      const onExit = () => end("killed");
      const end = (answer: string) => {
        this.#process.off("message", onMessage).off("exit", onExit);
        resolve(answer);
      };
      this.#process.on("message", onMessage).on("exit", onExit);
    });
  }
}
