import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "tsup";
import { afterAll, afterEach, beforeAll, expect } from "vitest";

const packageFolder = fileURLToPath(new URL("../../..", import.meta.url));
export const anyPorts = ["--entra-port", "0", "--communication-port", "0", "--graph-port", "0", "--admin-port", "0"];

/** Variables on top of those of the test; `undefined` takes one away. */
type Environment = Readonly<Record<string, string | undefined>>;

export interface Cli {
  readonly process: ChildProcess;
  readonly output: { readonly stdout: string; readonly stderr: string };
  readonly exited: Promise<{
    readonly code: number | null;
    readonly signal: string | null;
    readonly stdout: string;
    readonly stderr: string;
  }>;
}

export interface CliRunner {
  /** Path of the built command. */
  readonly file: () => string;
  /** The command as a process of its own. */
  run(args: readonly string[], env?: Environment, options?: SpawnOptions): Cli;
  /** Any other program, in the same surroundings. */
  spawn(program: string, args: readonly string[], env?: Environment, options?: SpawnOptions): Cli;
  runUntilReady(args?: readonly string[], env?: Environment): Promise<Cli>;
}

/** The command, built anew for a test file. */
export function useCli(): CliRunner {
  const started: Cli[] = [];
  let folder = "";

  beforeAll(async () => {
    const cache = join(packageFolder, "node_modules", ".cache");
    await mkdir(cache, { recursive: true });
    folder = await mkdtemp(join(cache, "cli-test-"));
    await chmod(folder, 0o755);
    await build({
      config: false,
      entry: [join(packageFolder, "src", "cli.ts")],
      format: ["esm"],
      target: "node20",
      outDir: folder,
      skipNodeModulesBundle: true,
      silent: true,
    });
  });
  afterEach(() => {
    for (const { process } of started.splice(0)) process.kill("SIGKILL");
  });
  afterAll(() => rm(folder, { recursive: true }));

  const runner: CliRunner = {
    file: () => join(folder, "cli.js"),
    run: (args, env, options) => runner.spawn(process.execPath, [runner.file(), ...args], env, options),
    spawn(program, args, env, options) {
      const plain = { CI: undefined, FORCE_COLOR: undefined, NO_COLOR: undefined, TERM: "xterm" };
      const child = spawn(program, args, { ...options, stdio: "pipe", env: { ...process.env, ...plain, ...env } });
      const output = { stdout: "", stderr: "" };
      child.stdout?.on("data", (data) => (output.stdout += data));
      child.stderr?.on("data", (data) => (output.stderr += data));
      const exited = once(child, "close").then(([code, signal]) => ({ code, signal, ...output }));
      const cli = { process: child, output, exited };
      started.push(cli);
      return cli;
    },
    async runUntilReady(args = anyPorts, env) {
      const cli = runner.run(args, env);
      await expect.poll(() => cli.output.stdout + cli.output.stderr, { timeout: 15_000 }).toContain("Stop with Ctrl+C");
      return cli;
    },
  };
  return runner;
}

/** What the command printed for a server's environment. */
export function setting({ output }: Cli, name: string): string {
  const [, value = ""] = new RegExp(`export ${name}='?([^'\\n]*)`).exec(output.stdout) ?? [];
  return value;
}
