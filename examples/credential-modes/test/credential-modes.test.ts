import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const program = fileURLToPath(new URL("../dist/main.js", import.meta.url));
const ESCAPE = String.fromCharCode(27);

async function run(...args: readonly string[]) {
  const child = spawn(process.execPath, [program, ...args], { env: { ...process.env, CI: "1" } });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
  }
  // `close` comes when the last process that holds the output has ended.
  const [exitCode] = await once(child, "close");
  return { exitCode, output };
}

it("every mode gives the chat SDK a token that ACS accepts, told in aligned columns without colours", async () => {
  const { exitCode, output } = await run();
  expect(output).toBe(`
  Four ways to give the chat SDK its token

    Mode                  First token       Next token              Allows       Lives
  ✔ static token          before            never                   chat, voip   60 min
  ✔ callback              at first use      at use after its end    chat, voip   60 min
  ✔ proactive             before            10 min before its end   chat, voip   60 min
  ✔ Entra ID credential   when it is made   at use after its end    chat, voip   75 min

`);
  expect(output).not.toContain(ESCAPE);
  expect(exitCode).toBe(0);
}, 60_000);

it("a mode that fails is told with its reason, and the exit code is 1", async () => {
  const { exitCode, output } = await run("--scopes", "chat.join");
  expect(
    output.match(/^ {2}✘ (?:static token|callback|proactive) +The token may not have these scopes\.$/gm),
  ).toHaveLength(3);
  expect(output).toContain("✔ Entra ID credential");
  expect(exitCode).toBe(1);
}, 60_000);

it.each(["--scopes=sms", "--unknown"])(
  "%s is explained, and the exit code is 2",
  async (argument) => {
    const { exitCode, output } = await run(argument);
    expect(output).toMatch(/^--scopes takes a list of chat, .+\n$/);
    expect(exitCode).toBe(2);
  },
  60_000,
);
