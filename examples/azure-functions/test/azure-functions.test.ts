import { once } from "node:events";
import { type Emulator, startEmulator } from "@acs-auth/emulator";
import { statusesOf } from "test-support";
import { FunctionsHost } from "test-support/functions-host";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import hostSettings from "../host.json" with { type: "json" };

const host = new FunctionsHost(hostSettings.extensions.http.routePrefix);
let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator({ ports: { entra: 0, communication: 0, graph: 0, admin: 0 } });
  host.loadApp();
});

afterAll(async () => {
  vi.unstubAllEnvs();
  host.server.close();
  await emulator?.close();
});

it("does not load without its settings, and names them", async () => {
  vi.stubEnv("AZURE_TENANT_ID", "");
  await expect(import("../src/main.js")).rejects.toThrow("AZURE_TENANT_ID is missing");
});

it("serves the routes of acs-auth", async () => {
  const settings = { ...emulator.serverSettings, IDENTITY_STORE: "graph", MAPPING_KEYS: `test:${"A".repeat(43)}=` };
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  vi.resetModules();
  await import("../src/main.js");
  await once(host.server.listen(0, "127.0.0.1"), "listening");
  const address = host.server.address();
  const port = address !== null && typeof address === "object" ? address.port : 0;

  const statuses = await statusesOf(`http://127.0.0.1:${port}`, await emulator.mintToken({ user: "user-one" }), [
    ["POST", "/api/user"],
    ["GET", "/api/token"],
    ["DELETE", "/api/user"],
    ["GET", "/exchange"],
    ["GET", "/elsewhere"],
  ]);
  expect(statuses).toEqual([201, 201, 204, 405, 404]);
});
