import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { anyPorts, type Cli, useCli } from "./support/cli.js";

const cli = useCli();

it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("stops at %s", async (signal) => {
  const running = await cli.runUntilReady();
  running.process.kill(signal);
  const { code, stdout, stderr } = await running.exited;
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/\nStopping…\nStopped\.\n$/);
});

it("keeps its state where nobody reads what it prints", async () => {
  const folder = await mkdtemp(join(tmpdir(), "acs-auth-cli-"));
  const file = join(folder, "state.json");
  const running = cli.run([...anyPorts, "--export-on-exit", file]);
  running.process.stdout?.once("data", () => running.process.stdout?.destroy());
  await once(running.process.stdout ?? running.process, "close");
  running.process.kill("SIGINT");
  expect(await running.exited).toMatchObject({ code: 0, stderr: "" });
  expect(await readdir(folder)).toEqual(["state.json"]);
  await rm(folder, { recursive: true });
});

describe("a stop that takes long", () => {
  /** Keeps the command from finishing its export. */
  const slowExport = `
    import fs from "node:fs";
    import { syncBuiltinESMExports } from "node:module";
    const { rename } = fs.promises;
    fs.promises.rename = (from, to) => to.endsWith("state.json") ? new Promise((done) => setTimeout(done, 60_000)) : rename(from, to);
    syncBuiltinESMExports();`;
  let folder = "";
  let running: Cli;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "acs-auth-cli-"));
    running = await cli.runUntilReady([...anyPorts, "--export-on-exit", join(folder, "state.json")], {
      NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(slowExport)}`,
    });
    running.process.kill("SIGINT");
    await expect.poll(() => running.output.stdout, { interval: 5 }).toContain("Stopping…");
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("ends at once at a second Ctrl+C", async () => {
    await pause(1500);
    running.process.kill("SIGINT");
    expect(await running.exited).toMatchObject({ code: null, signal: "SIGINT" });
  });

  it("goes on where npx and the terminal both pass on one Ctrl+C", async () => {
    running.process.kill("SIGINT");
    expect(await Promise.race([running.exited, pause(1000)])).toBeUndefined();
  });
});
