import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { IdentityMapping, ListableIdentityStore } from "@acs-auth/core";
import { ACCOUNT } from "test-support/azurite";
import { KEY } from "test-support/cosmos-server";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Backends, startBackends } from "./support/backends.js";
import { buildMigration } from "./support/build.js";
import { graphEnvironmentFor } from "./support/environment.js";
import { ServerProcess } from "./support/server-process.js";

/** More than one page of Azure Tables has. */
const MANY = 1_050;

let backends: Backends;
let directory: string;
beforeAll(async () => {
  buildMigration();
  backends = await startBackends();
  directory = await mkdtemp(join(tmpdir(), "acs-auth-migration-"));
}, 120_000);
afterAll(async () => {
  await rm(directory, { recursive: true });
  await backends?.close();
});
beforeEach(() => backends.emulator.reset());
afterEach(async () => {
  await rm(file("checkpoint"), { force: true });
  await rm(file("problems"), { force: true });
  for (const store of [backends.cosmosStore, backends.tableStore]) await clear(store);
});

const file = (name: string) => join(directory, name);

function mappingOf(n: number, identity = n): IdentityMapping {
  const number = (value: number) => String(value).padStart(12, "0");
  return {
    user: {
      tenantId: "a0000000-0000-4000-8000-000000000001",
      objectId: `b0000000-0000-4000-8000-${number(n)}`,
    },
    communicationUserId: `8:acs:d0000000-0000-4000-8000-000000000001_e0000000-0000-4000-8000-${number(identity)}`,
    createdOn: new Date(Date.UTC(2026, 0, 1) + n),
  };
}

async function fill(store: ListableIdentityStore, count: number): Promise<void> {
  const mappings = Array.from({ length: count }, (_, n) => mappingOf(n + 1));
  for (let n = 0; n < count; n += 50) {
    await Promise.all(mappings.slice(n, n + 50).map((mapping) => store.insertIfAbsent(mapping)));
  }
}

async function all(store: ListableIdentityStore): Promise<IdentityMapping[]> {
  const found: IdentityMapping[] = [];
  for await (const { mappings } of store.listMappings()) found.push(...mappings);
  return found.sort((a, b) => a.user.objectId.localeCompare(b.user.objectId));
}

async function clear(store: ListableIdentityStore): Promise<void> {
  const mappings = await all(store);
  for (let n = 0; n < mappings.length; n += 50) {
    const remove = ({ user, communicationUserId }: IdentityMapping) => store.removeIfMatches(user, communicationUserId);
    await Promise.all(mappings.slice(n, n + 50).map(remove));
  }
}

/** Runs the built command with these variables and none of this process's. */
async function migrate(variables: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const env = { PATH: process.env["PATH"], ...variables };
  const child = spawn(process.execPath, [buildMigration(), ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
  const [stdout, stderr, [exitCode]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
  return { stdout, stderr, exitCode };
}

/** Asks a server of its own as a fixture user, and returns the identity. */
async function identityOf(user: string, method: string, variables: Record<string, string>): Promise<string> {
  const url = await new ServerProcess({ ...backends.environment, ...variables }).url();
  const authorization = `Bearer ${await backends.emulator.mintToken({ user })}`;
  const answer = await fetch(new URL("/api/user", url), { method, headers: { authorization } });
  const { acsUserIdentity = String(answer.status) }: { acsUserIdentity?: string } = JSON.parse(await answer.text());
  return acsUserIdentity;
}

const toTable = () => ({ ...backends.environment, PREVIOUS_IDENTITY_STORE: "cosmos", IDENTITY_STORE: "table" });
const toCosmos = () => ({ ...backends.environment, PREVIOUS_IDENTITY_STORE: "table", IDENTITY_STORE: "cosmos" });

describe("the migration", () => {
  it("copies every mapping and leaves the previous store as it is; a second run and --verify find all there", async () => {
    await fill(backends.cosmosStore, 30);
    const before = await all(backends.cosmosStore);
    expect(before).toHaveLength(30);
    expect(await migrate(toTable(), "--checkpoint", file("checkpoint"))).toEqual({
      stdout: "30 read: 30 copied, 0 there already, 0 problems\nComplete, 0 problems.\n",
      stderr: "",
      exitCode: 0,
    });
    expect(await all(backends.tableStore)).toEqual(before);
    expect(await all(backends.cosmosStore)).toEqual(before);
    expect(existsSync(file("checkpoint"))).toBe(false);
    for (const args of [[], ["--verify"]]) {
      const again = await migrate({ ...toTable(), ...backends.withoutKeys }, ...args);
      expect(again).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("0 copied, 30 there already") });
    }
  });

  it("--verify writes nothing, and 1 is the exit code of what is missing", async () => {
    await fill(backends.cosmosStore, 3);
    expect(await migrate(toTable(), "--verify")).toEqual({
      stdout: "3 read: 0 copied, 0 there already, 3 problems\nComplete, 3 problems.\n",
      stderr: "",
      exitCode: 1,
    });
    expect(await all(backends.tableStore)).toEqual([]);
  });

  it("leaves another identity alone, and names people in the file of problems only; --replace replaces it", async () => {
    await fill(backends.cosmosStore, 2);
    const other = mappingOf(2, 3);
    await backends.tableStore.insertIfAbsent(other);
    const { stdout, stderr, exitCode } = await migrate(toTable(), "--problems", file("problems"));
    expect(exitCode).toBe(1);
    expect(await all(backends.tableStore)).toEqual([mappingOf(1), other]);
    const lines = (await readFile(file("problems"), "utf8")).trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      {
        kind: "different",
        replaced: false,
        ...other.user,
        source: mappingOf(2).communicationUserId,
        target: other.communicationUserId,
      },
    ]);
    for (const id of [other.user.objectId, other.communicationUserId]) expect(stdout + stderr).not.toContain(id);

    expect(await migrate(toTable(), "--replace")).toMatchObject({ exitCode: 1 });
    expect(await all(backends.tableStore)).toEqual([mappingOf(1), mappingOf(2)]);
    expect(await migrate(toTable(), "--verify")).toMatchObject({ exitCode: 0 });
  });

  it("that stopped goes on from its checkpoint, with what it found before", async () => {
    await fill(backends.tableStore, MANY);
    const options = ["--verify", "--checkpoint", file("checkpoint"), "--problems", file("problems")];
    const first = await migrate(toCosmos(), ...options);
    expect(first).toMatchObject({ exitCode: 1, stdout: expect.stringMatching(/Stopped early, 1000 problems\.\n$/) });
    expect(existsSync(file("checkpoint"))).toBe(true);

    const second = await migrate(toCosmos(), ...options);
    expect(second).toMatchObject({ exitCode: 1, stdout: expect.stringMatching(/^50 read/) });
    expect(second.stdout).toMatch(new RegExp(`Complete, ${MANY} problems\\.\n$`));
    expect(existsSync(file("checkpoint"))).toBe(false);
    const lines = (await readFile(file("problems"), "utf8")).trimEnd().split("\n");
    expect(new Set(lines).size).toBe(MANY);
  }, 60_000);

  it("goes on with no other run's checkpoint", async () => {
    await fill(backends.tableStore, MANY);
    const options = ["--verify", "--checkpoint", file("checkpoint")];
    await migrate(toCosmos(), ...options);
    const checkpoint = await readFile(file("checkpoint"), "utf8");
    for (const secret of [KEY, ACCOUNT.key]) expect(checkpoint).not.toContain(secret);
    const others = [
      migrate(toCosmos(), "--checkpoint", file("checkpoint")),
      migrate(toTable(), ...options),
      migrate({ ...toCosmos(), TABLE_NAME: "another" }, ...options),
      migrate({ ...toCosmos(), COSMOS_CONTAINER: "another" }, ...options),
    ];
    for (const refused of await Promise.all(others)) {
      expect(refused).toEqual({ exitCode: 2, stdout: "", stderr: expect.stringContaining("another run") });
    }
    for (const content of ["{}", ""]) {
      await writeFile(file("checkpoint"), content);
      expect(await migrate(toCosmos(), ...options)).toMatchObject({ exitCode: 2, stdout: "" });
    }
  }, 60_000);
});

describe("users in Microsoft Graph", () => {
  it("keep their identities in Cosmos DB, as the application without any user signed in", async () => {
    const graph = graphEnvironmentFor(backends.emulator);
    const one = await identityOf("user-one", "POST", graph);
    const two = await identityOf("user-two", "POST", graph);
    const variables = { ...backends.environment, ...graph, PREVIOUS_IDENTITY_STORE: "graph", IDENTITY_STORE: "cosmos" };
    expect(await migrate(variables)).toMatchObject({ stderr: "", exitCode: 0 });
    expect(await all(backends.cosmosStore)).toHaveLength(2);
    for (const [user, id] of [
      ["user-one", one],
      ["user-two", two],
    ] as const) {
      expect(await identityOf(user, "GET", { IDENTITY_STORE: "cosmos" })).toBe(id);
    }
  });
});

describe("what cannot be run", () => {
  it.each([[["--verfy"]], [["--checkpoint"]], [["--checkpoint="]], [["table"]], [["--verify", "--replace"]]])(
    "%j is refused with 2",
    async (args) => {
      const { exitCode, stdout, stderr } = await migrate(toTable(), ...args);
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
      expect(stderr).not.toMatch(/^ +at /m);
      expect(stderr).not.toBe("");
    },
  );

  it("is a configuration without two stores", async () => {
    const variables = { ...toTable(), COSMOS_ENDPOINT: "" };
    expect(await migrate({ ...variables, PREVIOUS_IDENTITY_STORE: "" })).toMatchObject({
      exitCode: 2,
      stderr: "The configuration is not valid:\n- PREVIOUS_IDENTITY_STORE is missing\n",
    });
    expect(await migrate(variables)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("- COSMOS_ENDPOINT is missing"),
    });
  });

  it("is a store that refuses, which is 1 and says so without a stack", async () => {
    const refused = await migrate({ ...toTable(), COSMOS_CONTAINER: "nothing" });
    expect(refused).toEqual({
      exitCode: 1,
      stdout: "",
      stderr: expect.stringMatching(/^[^\n]+ \(store_denied, container_not_found\)\n$/),
    });
  });

  it("--help says how to use it, without any variable", async () => {
    expect(await migrate({}, "--help")).toEqual({
      exitCode: 0,
      stderr: "",
      stdout: expect.stringContaining("--checkpoint <file>"),
    });
  });
});
