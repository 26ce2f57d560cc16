import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { beforeAll, expect, it } from "vitest";
import { useEmulator } from "../support/emulator.js";

const packageDirectory = fileURLToPath(new URL("../..", import.meta.url));
const emulator = useEmulator();

beforeAll(async () => {
  if (existsSync(`${packageDirectory}/dist/page/index.html`)) return;
  await build({ configFile: `${packageDirectory}/vite.config.ts`, root: `${packageDirectory}/page` });
});

const get = (path: string, accept: string) => fetch(`${emulator().admin.url}${path}`, { headers: { Accept: accept } });
const browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

it("is for browsers; everybody else gets the text", async () => {
  const page = await get("/", browser);
  expect(page.headers.get("content-type")).toContain("text/html");
  expect(page.headers.get("vary")).toBe("Accept");
  for (const accept of ["*/*", "application/json", "text/plain"]) {
    const text = await get("/", accept);
    expect(text.headers.get("content-type")).toContain("text/plain");
    expect(await text.text()).toContain("POST   /tokens");
  }
});

it("loads nothing from elsewhere, runs no script of its own text, and is shown in no frame", async () => {
  const page = await get("/", browser);
  const html = await page.text();
  const addresses = [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address ?? "");
  expect(addresses.length).toBeGreaterThan(1);
  for (const address of addresses) {
    const asset = await get(address, "*/*");
    expect(asset.status, address).toBe(200);
    expect(asset.headers.get("x-content-type-options")).toBe("nosniff");
    expect(asset.headers.get("cache-control")).toContain("immutable");
  }
  const policy = page.headers.get("content-security-policy") ?? "";
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain("unsafe");
  expect(page.headers.get("strict-transport-security")).toBeNull();
});

it.each(["/assets/nothing.js", "/assets/..%2Findex.html", "/assets/..%2F..%2Fcli.js", "/index.html"])(
  "has no %s",
  async (path) => {
    expect((await get(path, browser)).status).toBe(404);
  },
);

it("tells scripts and the page what there is", async () => {
  const { entra, communication, graph, caFile, fixtures, admin } = emulator();
  expect(await (await get("/info", "*/*")).json()).toEqual({
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    services: { entra: entra.url, communication: communication.url, graph: graph.url },
    settings: {
      NODE_EXTRA_CA_CERTS: caFile,
      AZURE_AUTHORITY_HOST: entra.url,
      AZURE_TENANT_ID: fixtures.tenants.home.id,
      AZURE_CLIENT_ID: fixtures.applications.api.clientId,
      AZURE_CLIENT_SECRET: fixtures.applications.api.clientSecret,
      COMMUNICATION_SERVICES_CONNECTION_STRING: communication.connectionString,
      GRAPH_ENDPOINT: graph.url,
    },
    fixtures,
  });
  expect(JSON.stringify(fixtures)).not.toContain(admin.url);
});
