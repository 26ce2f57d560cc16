import { startEmulator } from "@acs-auth/emulator";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { answersAlike, NORMALIZED, type OwnAnswers, SEVERAL_HOSTS, type Served } from "./answers-alike.js";
import { exchange } from "./exchange.js";
import { spawnServer } from "./spawn-server.js";

const emulator = startEmulator({ ports: { entra: 0, communication: 0, graph: 0, admin: 0 } });
afterAll(async () => (await emulator).close());

interface Runtime {
  readonly name: string;
  readonly program: string;
  readonly parameters: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly ownAnswers: OwnAnswers;
}

async function serve({ program, parameters, env }: Runtime): Promise<Served> {
  const { communication, entra, fixtures } = await emulator;
  const settings = {
    connectionString: communication.connectionString,
    authorityHost: entra.url,
    tenantId: fixtures.tenants.home.id,
    clientId: fixtures.applications.api.clientId,
  };
  return spawnServer(program, [...parameters, "serve.mjs"], { env: { ...env, EMULATOR: JSON.stringify(settings) } });
}

const runtimes: Runtime[] = [
  {
    name: "Bun",
    program: "bun",
    parameters: [],
    // Bun's TLS library refuses certificate authorities that are, as the emulator's, limited to some addresses.
    env: { NODE_TLS_REJECT_UNAUTHORIZED: "0" },
    ownAnswers: { ...NORMALIZED, "/api\\user": 200 },
  },
  {
    name: "Deno",
    program: "deno",
    parameters: ["run", "--allow-all"],
    ownAnswers: { [SEVERAL_HOSTS]: 400 },
  },
];

describe.each(runtimes)("$name", (runtime) => {
  answersAlike(() => serve(runtime), runtime.ownAnswers);

  it("serves a user with the built packages and the Azure SDK, from the first token to the deleted identity", async () => {
    const { port, close } = await serve(runtime);
    onTestFinished(async () => void (await close()));
    const authorization = `Bearer ${await (await emulator).mintToken({ user: "user-one" })}`;
    const ask = (method: string, path: string) =>
      exchange(port, { method, path: `/real${path}`, headers: { authorization } });
    expect((await ask("GET", "/api/token")).status).toBe(404);
    expect((await ask("POST", "/api/user")).status).toBe(201);
    expect((await ask("GET", "/api/token")).status).toBe(201);
    expect((await ask("DELETE", "/api/user")).status).toBe(204);
    const { identities } = (await emulator).state().communication;
    expect(identities.filter(({ deletedOn }) => deletedOn === undefined)).toEqual([]);
  });
});
