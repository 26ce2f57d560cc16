import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { useCli } from "./support/cli.js";

const cli = useCli();
const escapeCode = String.fromCharCode(27);
const bold = `${escapeCode}[1m`;
const red = `${escapeCode}[31m`;

/** `script` of util-linux runs a command on a terminal of its own; that of other systems has other options. */
const hasScript = spawnSync("script", ["--version"]).stdout?.includes("util-linux") ?? false;
const onTerminal = (args: string, env: Readonly<Record<string, string>> = {}) =>
  cli.spawn("script", ["-qec", `${process.execPath} ${cli.file()} ${args}`, "/dev/null"], env).exited;

describe("without a terminal", () => {
  it("nothing is coloured", async () => {
    const [help, refused] = await Promise.all([cli.run(["--help"]).exited, cli.run(["--zzz"]).exited]);
    expect(help.stdout + refused.stderr).not.toContain(escapeCode);
  });

  it("everything is with FORCE_COLOR", async () => {
    const env = { FORCE_COLOR: "1" };
    const [help, refused] = await Promise.all([cli.run(["--help"], env).exited, cli.run(["--zzz"], env).exited]);
    expect(help.stdout).toContain(`${bold}Examples:`);
    expect(refused.stderr).toContain(`${red}error:`);
  });
});

// Without `script` of util-linux there is no terminal to be had.
describe.skipIf(!hasScript)("on a terminal", () => {
  it("headings and errors are coloured", async () => {
    expect((await onTerminal("--help")).stdout).toContain(`${bold}Examples:`);
    expect((await onTerminal("--zzz")).stdout).toContain(`${red}error:`);
  });

  it("stdout and stderr are so each on its own", async () => {
    expect((await onTerminal("--help | cat")).stdout).not.toContain(escapeCode);
    expect((await onTerminal("--zzz | cat")).stdout).toContain(`${red}error:`);
    expect((await onTerminal("--zzz 2>&1 >/dev/null | cat")).stdout).not.toContain(escapeCode);
  });

  it("nothing is with NO_COLOR", async () => {
    const env = { NO_COLOR: "1" };
    expect((await onTerminal("--help", env)).stdout).not.toContain(escapeCode);
    expect((await onTerminal("--zzz", env)).stdout).not.toContain(escapeCode);
  });
});
