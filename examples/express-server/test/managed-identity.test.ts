import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { defaultFixtures, type Emulator, startEmulator } from "@acs-auth/emulator";
import { statusesOf } from "test-support";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import {
  clientAssertion,
  newClientCertificate,
} from "../../../packages/store-graph/test/support/client-certificate.js";
import { buildServer } from "./support/build.js";
import { graphEnvironmentFor } from "./support/environment.js";
import { ServerProcess } from "./support/server-process.js";

const MANAGED_IDENTITY = "d0000000-0000-4000-8000-000000000002";
const { applications } = defaultFixtures;

let emulator: Emulator;
let platform: Server;
const asked: string[] = [];

/** The token endpoint of App Service and Container Apps; what it issues, the emulator takes. */
async function startPlatform(privateKey: string): Promise<Server> {
  const tokenEndpoint = `${emulator.entra.url}/${emulator.fixtures.tenants.home.id}/oauth2/v2.0/token`;
  const { clientId, clientSecret } = emulator.fixtures.applications.api;
  const tokenFor = async (resource: string): Promise<string> => {
    if (resource === "api://AzureADTokenExchange") return clientAssertion(clientId, tokenEndpoint, privateKey);
    const form = {
      client_id: clientId,
      client_secret: clientSecret,
      grant_type: "client_credentials",
      scope: `${resource}/.default`,
    };
    const answer = await fetch(tokenEndpoint, { method: "POST", body: new URLSearchParams(form) });
    return z.object({ access_token: z.string() }).parse(await answer.json()).access_token;
  };
  const server = createServer(async ({ url, headers }, response) => {
    const { searchParams } = new URL(url ?? "", "http://localhost");
    const resource = searchParams.get("resource") ?? "";
    asked.push(`${headers["x-identity-header"]} ${searchParams.get("client_id")} ${resource}`);
    const expires_on = Math.floor(Date.now() / 1000) + 3600;
    const token = { access_token: await tokenFor(resource), expires_on, resource, token_type: "Bearer" };
    response.setHeader("content-type", "application/json").end(JSON.stringify(token));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return server;
}

beforeAll(async () => {
  buildServer();
  const { certificate, privateKey } = await newClientCertificate();
  const api = { ...applications.api, certificates: [certificate] };
  const fixtures = { ...defaultFixtures, applications: { ...applications, api } };
  emulator = await startEmulator({ ports: { entra: 0, communication: 0, graph: 0, admin: 0 }, fixtures });
  platform = await startPlatform(privateKey);
}, 120_000);

afterAll(async () => {
  platform?.close();
  await emulator?.close();
});

it("serves a user with a managed identity and no secret: On-Behalf-Of, Graph and ACS", async () => {
  const { AZURE_CLIENT_SECRET, COMMUNICATION_SERVICES_CONNECTION_STRING, ...environment } =
    graphEnvironmentFor(emulator);
  const address = platform.address();
  const port = address !== null && typeof address === "object" ? address.port : 0;
  const server = new ServerProcess({
    ...environment,
    COMMUNICATION_SERVICES_ENDPOINT: emulator.communication.url,
    MANAGED_IDENTITY_CLIENT_ID: MANAGED_IDENTITY,
    IDENTITY_ENDPOINT: `http://127.0.0.1:${port}/msi/token`,
    IDENTITY_HEADER: "header-value",
  });
  const url = await server.url();
  const statuses = await statusesOf(url, await emulator.mintToken({ user: "user-one" }), [
    ["POST", "/api/user"],
    ["GET", "/api/token"],
    ["DELETE", "/api/user"],
  ]);
  expect(statuses).toEqual([201, 201, 204]);
  expect([...new Set(asked)].sort()).toEqual([
    `header-value ${MANAGED_IDENTITY} api://AzureADTokenExchange`,
    `header-value ${MANAGED_IDENTITY} https://communication.azure.com/`,
  ]);
});
