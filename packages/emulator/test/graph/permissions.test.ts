import type { Client } from "@microsoft/microsoft-graph-client";
import { describe, expect, test } from "vitest";
import { defaultFixtures } from "../../src/default-fixtures.js";
import { graphClient, graphErrorOf, useGraph } from "./support/graph-server.js";

const extensionName = "com.example.mapping";
const own = "/me";
const other = `/users/${defaultFixtures.users["user-two"].objectId}`;
const accessDenied = { statusCode: 403, code: "AccessDenied", message: "Access Denied" };

const server = useGraph({ userAdministrators: ["user-three"] });

/** Every operation of extensions on a user who has one. */
const writes: Record<string, (client: Client, user: string) => Promise<unknown>> = {
  create: (client, user) => client.api(`${user}/extensions`).post({ extensionName: "com.example.new" }),
  replace: (client, user) => client.api(`${user}/extensions/${extensionName}`).patch({ extensionName, value: "b" }),
  delete: (client, user) => client.api(`${user}/extensions/${extensionName}`).delete(),
};
const reads: Record<string, (client: Client, user: string) => Promise<unknown>> = {
  get: (client, user) => client.api(`${user}/extensions/${extensionName}`).get(),
  list: (client, user) => client.api(`${user}/extensions`).get(),
};

async function givenExtensions() {
  for (const user of ["user-one", "user-two"]) {
    const client = await graphClient(server(), { user });
    await client.api("/me/extensions").post({ extensionName, value: "a" });
  }
}

type Outcome = "allowed" | "denied";
const delegated = (user: string, scope: string) => ({ user, scopes: [scope] });
const appOnly = (role: string) => ({ roles: [role] });

describe.each([
  ["User.Read", delegated("user-one", "User.Read"), own, "allowed", "denied"],
  ["User.ReadWrite", delegated("user-one", "User.ReadWrite"), own, "allowed", "allowed"],
  ["User.ReadWrite.All", delegated("user-one", "User.ReadWrite.All"), own, "allowed", "allowed"],
  ["another scope", delegated("user-one", "openid"), own, "denied", "denied"],
  ["User.ReadWrite", delegated("user-one", "User.ReadWrite"), other, "denied", "denied"],
  ["User.Read.All", delegated("user-one", "User.Read.All"), other, "allowed", "denied"],
  ["User.ReadWrite.All", delegated("user-one", "User.ReadWrite.All"), other, "allowed", "denied"],
  ["User.ReadWrite.All and a role", delegated("user-three", "User.ReadWrite.All"), other, "allowed", "allowed"],
  ["User.ReadWrite and a role", delegated("user-three", "User.ReadWrite"), other, "denied", "denied"],
  ["User.Read.All app-only", appOnly("User.Read.All"), other, "allowed", "denied"],
  ["User.ReadWrite.All app-only", appOnly("User.ReadWrite.All"), other, "allowed", "allowed"],
  ["another role app-only", appOnly("Mail.Read"), other, "denied", "denied"],
] as const)("with %s", (_, request, target, reading, writing) => {
  const perform = async (operations: typeof reads, expected: Outcome) => {
    for (const operation of Object.values(operations)) {
      server().graph.reset();
      await givenExtensions();
      const client = await graphClient(server(), request);
      const call = operation(client, target);
      if (expected === "denied") expect(await graphErrorOf(call)).toMatchObject(accessDenied);
      else await call;
    }
  };

  test(`reading ${target} is ${reading}`, () => perform(reads, reading));
  test(`writing ${target} is ${writing}`, async () => {
    await perform(writes, writing);
    if (writing === "denied") {
      const [, two] = server().graph.state().users;
      expect(two?.extensions).toMatchObject([{ properties: { value: "a" } }]);
    }
  });
});

test("the same user by id needs no more than /me", async () => {
  const client = await graphClient(server(), delegated("user-one", "User.ReadWrite"));
  const path = `/users/${defaultFixtures.users["user-one"].objectId}/extensions`;
  expect(await client.api(path).post({ extensionName })).toMatchObject({ id: extensionName });
});

test("the user itself answers the directory's own refusal", async () => {
  const client = await graphClient(server(), delegated("user-one", "User.ReadWrite"));
  expect(await graphErrorOf(client.api(other).get())).toMatchObject({
    statusCode: 403,
    code: "Authorization_RequestDenied",
    message: "Insufficient privileges to complete the operation.",
  });
});

test("/me needs a user", async () => {
  const client = await graphClient(server(), appOnly("User.ReadWrite.All"));
  expect(await graphErrorOf(client.api("/me/extensions").get())).toMatchObject({
    statusCode: 400,
    code: "BadRequest",
    message: "/me request is only valid with delegated authentication flow.",
  });
});

test("an unknown user is denied before it is missed", async () => {
  const client = await graphClient(server(), delegated("user-one", "User.ReadWrite"));
  await expect(client.api("/users/nobody@home.example/extensions").get()).rejects.toMatchObject({ statusCode: 403 });
});

describe("an application other than the creator", () => {
  const mapping = { extensionName, acsUserIdentity: "8:acs:one" };

  test("rewrites and deletes the extension of its user, who thereby claims what is another's", async () => {
    const backend = await graphClient(server());
    await backend.api("/me/extensions").post(mapping);
    const tool = await graphClient(server(), { application: "client", scopes: ["User.ReadWrite"] });
    await tool.api(`/me/extensions/${extensionName}`).patch({ extensionName, acsUserIdentity: "8:acs:two" });
    expect(await backend.api(`/me/extensions/${extensionName}`).get()).toMatchObject({ acsUserIdentity: "8:acs:two" });
    expect(server().graph.state().users[0]?.extensions[0]?.createdBy).toBe(defaultFixtures.applications.api.clientId);

    await tool.api(`/me/extensions/${extensionName}`).delete();
    await tool.api("/me/extensions").post({ extensionName, acsUserIdentity: "8:acs:two" });
    expect(await backend.api(`/me/extensions/${extensionName}`).get()).toMatchObject({ acsUserIdentity: "8:acs:two" });
    expect(server().graph.state().users[0]?.extensions[0]?.createdBy).toBe(
      defaultFixtures.applications.client.clientId,
    );
  });
});
