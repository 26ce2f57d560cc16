import { execFileSync, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Dev, devFile, freePorts, portOptions, start, startDev, untilReady } from "./support/dev.js";

let ports: Awaited<ReturnType<typeof freePorts>>;
let folder = "";
let started: Dev[] = [];
/** Where the stand-in for a browser notes what it was to open. */
let opened = "";
let withBrowser: Record<string, string> = {};

beforeEach(async () => {
  ports = await freePorts();
  folder = await mkdtemp(join(tmpdir(), "acs-auth-dev-"));
  opened = join(folder, "opened");
  const program = process.platform === "darwin" ? "open" : "xdg-open";
  await writeFile(join(folder, program), `#!/bin/sh\necho "$@" > ${opened}\n`, { mode: 0o755 });
  withBrowser = { PATH: `${folder}:${process.env["PATH"]}` };
});
afterEach(async () => {
  for (const { process } of started) process.kill("SIGTERM");
  await Promise.all(started.map(({ exited }) => exited));
  started = [];
  await rm(folder, { recursive: true });
});

function dev(args: readonly string[] = portOptions(ports)): Dev {
  const running = startDev(args, withBrowser);
  started.push(running);
  return running;
}

it("runs the page, the server and the emulator, with commands to try that work, until it is stopped", async () => {
  const running = dev();
  await untilReady(running);
  const pageUrl = `http://localhost:${ports.page}`;
  const page = await fetch(pageUrl, { headers: { accept: "text/html" } });
  expect(await page.text()).toContain("<html");
  const answer = await fetch(`http://localhost:${ports.server}/api/user`, { headers: { origin: pageUrl } });
  expect(answer.status).toBe(401);
  expect(answer.headers.get("access-control-allow-origin")).toBe(pageUrl);
  await expect.poll(() => running.output.text).toMatch(/^ {2}\d\d:\d\d:\d\d {2}request {2}GET \/api\/user 401 /m);
  for (const port of Object.values(ports)) expect(running.output.text).toContain(`://localhost:${port} `);

  const [, commands = ""] = /Try it\n([\s\S]*?)\n\n/.exec(running.output.text) ?? [];
  const replies = execFileSync("sh", ["-c", commands]).toString();
  expect(replies).toMatch(/\{"acsUserIdentity":"8:acs:[^}]*\}.*\{"token":"[^}]*\}/s);

  running.process.kill("SIGINT");
  const { code, text } = await running.exited;
  expect(code, text).toBe(0);
  expect(text).not.toMatch(/eyJ[\w-]{20,}/);
  expect(text).toMatch(/Stopped\.\n$/);
  await expect(fetch(pageUrl)).rejects.toThrow();
  expect(existsSync(opened)).toBe(false);
}, 60_000);

it("explains that the server has ended, and stops the rest", async () => {
  const running = dev();
  await untilReady(running);
  const server = execFileSync("pgrep", ["-P", `${running.process.pid}`, "-f", "server.js"])
    .toString()
    .trim();
  process.kill(Number(server), "SIGKILL");
  const { code, text } = await running.exited;
  expect(code).toBe(1);
  expect(text).toContain(
    "error: The server ended by itself (SIGKILL); its last lines are above. Everything was stopped.",
  );
}, 60_000);

it("leaves no server behind, even where it is killed itself", async () => {
  const running = dev();
  await untilReady(running);
  running.process.kill("SIGKILL");
  await running.exited;
  await expect(fetch(`http://localhost:${ports.server}/api/user`)).rejects.toThrow();
}, 60_000);

it("names every port that is taken, what it is for and what to do, before it starts anything", async () => {
  const taken = [createServer().listen(ports.server), createServer().listen(ports.graph, "127.0.0.1")];
  await Promise.all(taken.map((server) => once(server, "listening")));
  const { code, text } = await dev().exited;
  for (const server of taken) server.close();
  expect(code).toBe(1);
  const lines = text.split("\n");
  expect(lines[0]).toBe(
    `error: Cannot start: port ${ports.server} for Server is in use, port ${ports.graph} for Microsoft Graph is in use.`,
  );
  expect(lines[2]).toMatch(/^ {2}Use another port {2}--port \d+$/);
  expect(lines[3]).toMatch(/^ {2}Use another port {2}--graph-port \d+$/);
  expect(lines[4]).toContain(`See what uses it  `);
  expect(lines[4]).toContain(`:${ports.server}`);
});

describe("options", () => {
  it.each([
    [["--prt", "1"], "error: unknown option '--prt'\n(Did you mean --port?)\n"],
    [["--port", "0"], "error: option '--port <port>' argument '0' is invalid. It must be a number from 1 to 65535.\n"],
  ])("%j is refused with exit code 2", async (args, message) => {
    expect(await dev(args).exited).toEqual({ code: 2, text: message });
  });

  it("are explained", async () => {
    const { code, text } = await dev(["--help"]).exited;
    expect(code).toBe(0);
    for (const option of ["--port", "--page-port", "--admin-port", "--no-open"]) expect(text).toContain(`  ${option}`);
  });
});

const ctrlC = String.fromCharCode(3);
const hasScript = spawnSync("script", ["--version"]).stdout?.includes("util-linux") ?? false;

// Without `script` of util-linux there is no terminal to be had.
describe.skipIf(!hasScript)("on a terminal", () => {
  it.each([
    ["opens the page in the browser", [], {}, true],
    ["does not with --no-open", ["--no-open"], {}, false],
    ["does not on a build server", [], { CI: "true" }, false],
  ])(
    "%s",
    async (_, options, env, expected) => {
      // `exec`: some shells take Ctrl+C for themselves as well.
      const command = ["exec", process.execPath, devFile, ...portOptions(ports), ...options].join(" ");
      const running = start("script", ["-qefc", command, "/dev/null"], { ...withBrowser, ...env });
      started.push(running);
      await untilReady(running);
      if (expected) {
        await expect.poll(() => existsSync(opened)).toBe(true);
        await expect.poll(() => readFile(opened, "utf8")).toBe(`http://localhost:${ports.page}\n`);
      }
      running.process.stdin?.write(ctrlC);
      const { code, text } = await running.exited;
      expect(code, text).toBe(0);
      expect(text).toContain("Stopped.");
      expect(existsSync(opened)).toBe(expected);
    },
    60_000,
  );
});
