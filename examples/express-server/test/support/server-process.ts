import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { onTestFinished } from "vitest";
import { buildServer } from "./build.js";

export type LogLine = Readonly<Record<string, unknown>>;

/** The built server in a process of its own. */
export class ServerProcess {
  readonly #child: ChildProcess;
  readonly #exit: Promise<unknown[]>;
  #stdout = "";
  #stderr = "";

  /** Starts the server with these variables and none of this process's; it ends with the test. */
  constructor(variables: Readonly<Record<string, string>>) {
    const env = { PATH: process.env["PATH"], ...variables };
    this.#child = spawn(process.execPath, [buildServer()], { env, stdio: ["ignore", "pipe", "pipe"] });
    this.#child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
      this.#stdout += chunk;
    });
    this.#child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
      this.#stderr += chunk;
    });
    this.#exit = once(this.#child, "close");
    onTestFinished(() => {
      this.#child.kill("SIGKILL");
    });
  }

  get stdout(): string {
    return this.#stdout;
  }

  get stderr(): string {
    return this.#stderr;
  }

  /** What it has logged; fails if a line is not JSON. */
  get log(): LogLine[] {
    return this.#stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
  }

  /** The `url` of its log, once it listens. */
  async url(): Promise<string> {
    const line = await this.logged(({ url }) => url !== undefined);
    return String(line["url"]);
  }

  /** The first log line of the kind, once there is one. */
  async logged(isMeant: (line: LogLine) => boolean): Promise<LogLine> {
    for (;;) {
      const complete = this.#stdout.slice(0, this.#stdout.lastIndexOf("\n") + 1);
      const line = complete
        .split("\n", -1)
        .filter(Boolean)
        .map((text): LogLine => JSON.parse(text))
        .find(isMeant);
      if (line) return line;
      if (this.#child.exitCode !== null || this.#child.signalCode !== null)
        throw new Error(`The server ended: ${this.#stdout}${this.#stderr}`);
      await Promise.race([once(this.#child.stdout ?? this.#child, "data"), this.#exit]);
    }
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Waits for its end. */
  async exitCode(): Promise<number | null> {
    await this.#exit;
    return this.#child.exitCode;
  }
}
