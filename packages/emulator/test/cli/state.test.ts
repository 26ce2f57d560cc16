import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CommunicationIdentityClient } from "@azure/communication-identity";
import { afterEach, beforeEach, expect, it } from "vitest";
import { anyPorts, type Cli, setting, useCli } from "./support/cli.js";

const cli = useCli();
let folder = "";
let file = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "acs-auth-cli-"));
  file = join(folder, "state.json");
});
afterEach(() => rm(folder, { recursive: true }));

function identityClient(running: Cli): CommunicationIdentityClient {
  return new CommunicationIdentityClient(setting(running, "COMMUNICATION_SERVICES_CONNECTION_STRING"));
}

async function stop(running: Cli) {
  running.process.kill("SIGINT");
  return running.exited;
}

it("keeps the state from one run to the next, in a file for its owner only", async () => {
  const args = [...anyPorts, "--import", file, "--export-on-exit"];
  const first = await cli.runUntilReady(args);
  const user = await identityClient(first).createUser();
  const { code, stdout } = await stop(first);
  expect(code).toBe(0);
  expect(stdout).toContain(`Stop with Ctrl+C, which keeps the state in ${file}.`);
  expect(stdout).toContain(`The state is in ${file}.`);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(["state.json"]);

  const second = await cli.runUntilReady(args);
  expect(second.output.stdout).toContain(`It goes on with the state in ${file}.`);
  expect(await identityClient(second).getToken(user, ["chat"])).toMatchObject({ token: expect.any(String) });
});

it("leaves the imported file alone unless it is to export", async () => {
  const first = await cli.runUntilReady([...anyPorts, "--export-on-exit", file]);
  await stop(first);
  const before = await readFile(file, "utf8");
  const second = await cli.runUntilReady([...anyPorts, "--import", file]);
  await identityClient(second).createUser();
  await stop(second);
  expect(await readFile(file, "utf8")).toBe(before);
});

it.each([
  ["not there", undefined, "there is no such file."],
  ["not JSON", "{", "it is not JSON."],
  ["something else", "{}", 'This is no snapshot of the emulator: its "format" is not "acs-auth-emulator".'],
  [
    "of a newer release",
    '{"format":"acs-auth-emulator","version":2}',
    "The snapshot has version 2, but this emulator reads version 1 only. Import it with a newer release.",
  ],
])("does not start with a file that is %s", async (_, content, reason) => {
  if (content !== undefined) await writeFile(file, content);
  const { code, stdout, stderr } = await cli.run([...anyPorts, "--import", file]).exited;
  expect({ code, stdout, stderr }).toEqual({
    code: 1,
    stdout: "",
    stderr: `error: The state in ${file} cannot be imported: ${reason}\n`,
  });
});

it.each([
  ["in a folder that is missing", "missing/state.json", "there is no such directory."],
  ["in a file", "file/state.json", "there is a file in the place of a directory."],
  ["that is a folder", "", "it is a directory."],
])("says at the start that it could not export to a path %s", async (_, path, reason) => {
  await writeFile(join(folder, "file"), "");
  const target = join(folder, path);
  const { code, stdout, stderr } = await cli.run([...anyPorts, "--export-on-exit", target]).exited;
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toContain(`error: The state cannot be exported to ${target}: ${reason}\n`);
  expect(stderr).toContain("Use another file  --export-on-exit <file>");
});

it("says at the end that it could not export, and leaves no draft", async () => {
  const running = await cli.runUntilReady([...anyPorts, "--export-on-exit", file]);
  await mkdir(file);
  const { code, stderr } = await stop(running);
  expect(code).toBe(1);
  expect(stderr).toContain(`error: The state cannot be exported to ${file}: it is a directory.\n`);
  expect(await readdir(folder)).toEqual(["state.json"]);
});
