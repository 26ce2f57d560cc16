import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { expect, it } from "vitest";

const demo = fileURLToPath(new URL("../dist/demo.js", import.meta.url));

it("goes the whole road, shows every step and no whole token, and leaves no process", async () => {
  const child = spawn(process.execPath, [demo], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    output += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    output += text;
  });
  // `close` comes when the last process that holds the output has ended, the server and the journey included.
  const [exitCode] = await once(child, "close");
  const text = stripVTControlCharacters(output);
  expect(exitCode, text).toBe(0);
  expect(text.match(/^ {2}✔ +\d+ .+ \d+(?:\.\d)? m?s$/gm)).toHaveLength(10);
  expect(text).not.toContain("✘");
  expect(text).not.toMatch(/eyJ[\w-]{20,}/);
}, 60_000);
