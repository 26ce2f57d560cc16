import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { get } from "node:https";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { run } from "./run.mjs";

/** `npx @acs-auth/emulator` starts, answers with its own certificate, serves its page and stops when asked to. */
export async function checkEmulatorCommand(project, version, timeoutInMs = 60_000) {
  const answer = run("npx", ["--no", "--", "@acs-auth/emulator", "--version"], project).trim();
  if (answer !== version) throw new Error(`npx @acs-auth/emulator --version answers ${answer}`);

  const ports = ["--entra-port", "--communication-port", "--graph-port", "--admin-port"].flatMap((name) => [name, "0"]);
  const command = spawn(join(project, "node_modules/.bin/acs-auth-emulator"), ports, {
    cwd: project,
    stdio: ["ignore", "pipe", "inherit"],
    timeout: timeoutInMs,
    killSignal: "SIGKILL",
  });
  const exited = once(command, "exit");
  try {
    const screen = await readUntil(command.stdout, "Stop with Ctrl+C");
    const find = (pattern) => pattern.exec(screen)?.[1] ?? "";
    const ca = readFileSync(find(/NODE_EXTRA_CA_CERTS=(.+)/));
    const authority = find(/AZURE_AUTHORITY_HOST=(.+)/);
    const discovery = JSON.parse(await fetchText(`${authority}/common/v2.0/.well-known/openid-configuration`, { ca }));
    if (!discovery.token_endpoint.startsWith(authority)) throw new Error("the installed emulator does not answer");
    const page = await fetchText(find(/^ +Page +(\S+)/m), { ca, headers: { accept: "text/html" } });
    if (!/^<!doctype html>/i.test(page)) throw new Error("the installed emulator has no page");
    command.kill("SIGTERM");
    const [exitCode] = await exited;
    if (exitCode !== 0) throw new Error(`the installed emulator ends with exit code ${exitCode}`);
  } finally {
    command.kill("SIGKILL");
  }
}

async function readUntil(stream, end) {
  let read = "";
  for await (const line of createInterface({ input: stream })) {
    read += `${line}\n`;
    if (line.includes(end)) return read;
  }
  throw new Error("the installed emulator does not start");
}

async function fetchText(url, options) {
  const [response] = await once(get(url, options), "response");
  return text(response);
}
