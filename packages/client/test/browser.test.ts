import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { AcsAuthError as ServerError } from "@acs-auth/core";

import { build } from "tsup";
import { expect, it, onTestFinished } from "vitest";
import { chromiumLaunchOptions } from "../../../scripts/chromium.js";
import { answer, startBackend, useEmulator } from "./support/backend.js";
import type { PageSettings } from "./support/page.js";

const emulator = useEmulator();
const CLAIMS = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}';

/** Bundles a module for browsers, with all that it imports; fails if that needs anything of Node. */
async function bundle(entry: string): Promise<string> {
  const outDir = await mkdtemp(join(tmpdir(), "acs-auth-client-"));
  onTestFinished(() => rm(outDir, { recursive: true }));
  await build({
    config: false,
    entry: { bundle: fileURLToPath(new URL(entry, import.meta.url)) },
    format: ["esm"],
    platform: "browser",
    target: "es2022",
    outDir,
    outExtension: () => ({ js: ".mjs" }),
    noExternal: [/./],
    minify: true,
    esbuildOptions: (options) => {
      options.conditions = ["acs-auth-source"];
    },
    silent: true,
  });
  return readFile(join(outDir, "bundle.mjs"), "utf8");
}

/** Opens a page with this script in Chromium, and resolves to what the script reports. */
async function runInPage(script: string, settings: (origin: string) => Promise<PageSettings>): Promise<unknown> {
  const server = createServer();
  const result = new Promise<unknown>((resolve) => {
    server.on("request", async (request, response) => {
      if (request.url === "/bundle.mjs") return response.setHeader("content-type", "text/javascript").end(script);
      if (request.url === "/settings") return response.end(JSON.stringify(await settings(origin)));
      if (request.url !== "/result") {
        return response.setHeader("content-type", "text/html").end('<script type="module" src="/bundle.mjs"></script>');
      }
      resolve(JSON.parse(Buffer.concat(await request.toArray()).toString()));
      return response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const profile = await mkdtemp(join(tmpdir(), "acs-auth-chromium-"));
  const { executablePath, args } = chromiumLaunchOptions();
  const browser = spawn(executablePath, [...args, "--headless", `--user-data-dir=${profile}`, origin], {
    stdio: "ignore",
  });
  onTestFinished(async () => {
    const exited = once(browser, "exit");
    browser.kill();
    await exited;
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    server.closeAllConnections();
    server.close();
  });
  return result;
}

it("a page of another origin gets its token, meets a claims challenge and reads errors, in Chromium", async () => {
  const script = await bundle("support/page.ts");
  let backendOf: Promise<Awaited<ReturnType<typeof startBackend>>> | undefined;
  const report = await runInPage(script, async (origin) => {
    backendOf = startBackend(emulator(), {
      cors: { origins: [origin] },
      tokenScopes: ["chat"],
      authorize: ({ claims }) => {
        if (claims["acrs"]) return true;
        throw new ServerError("claims_challenge", "A second factor is needed.", { claims: CLAIMS });
      },
    });
    const { endpoint, answerNext } = await backendOf;
    answerNext(answer(503, "", { "access-control-allow-origin": origin }));
    const token = (claims: object) =>
      emulator().mintToken({ user: "user-one", claims: { xms_cc: ["cp1"], ...claims } });
    return { endpoint, tokens: [await token({}), await token({ acrs: ["c1"] })] };
  });
  expect(report).toMatchObject({
    signIns: [{ forceRefresh: false }, { forceRefresh: true, claims: CLAIMS }, {}, {}],
    user: { communicationUserId: expect.stringMatching(/^8:acs:/) },
    refusal: { name: "AcsAuthError", code: "forbidden", statusCode: 403, requestId: expect.any(String) },
  });
  const { token } = report as { token: string };
  expect(await emulator().communication.introspectToken(token)).toMatchObject({ active: true, scopes: ["chat"] });
  expect((await backendOf)?.requests.every(({ headers }) => headers.cookie === undefined)).toBe(true);
}, 60_000);

it("the bundle for browsers imports nothing, of Node or else, and stays small", async () => {
  const script = await bundle("../src/index.ts");
  expect(script.match(/\bimport\s*["'{*(]|\bfrom\s*["']|\brequire\(/)).toBeNull();
  expect(gzipSync(script).length).toBeLessThan(30_000);
}, 60_000);
