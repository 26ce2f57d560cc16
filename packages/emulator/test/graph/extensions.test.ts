import { ResponseType } from "@microsoft/microsoft-graph-client";
import { describe, expect, test } from "vitest";
import { defaultFixtures } from "../../src/default-fixtures.js";
import { graphClient, graphToken, useGraph } from "./support/graph-server.js";

const { objectId, userPrincipalName } = defaultFixtures.users["user-one"];
const settings = { extensionName: "com.example.settings", theme: "dark", sizes: [1, 2], compact: true };
const written = { "@odata.type": "microsoft.graph.openTypeExtension", ...settings };
const stored = { "@odata.type": "#microsoft.graph.openTypeExtension", ...settings, id: settings.extensionName };
const path = `/me/extensions/${settings.extensionName}`;

const server = useGraph();
const metadata = (context: string) => `${server().url}/v1.0/$metadata#${context}`;
const entityContext = () => metadata(`users('${objectId}')/extensions/$entity`);

describe.each([
  ["/me", "/me"],
  ["an object id", `/users/${objectId}`],
  ["a user principal name", `/users/${encodeURIComponent(userPrincipalName)}`],
])("a user named by %s", (_, user) => {
  test("has its extension created, read, listed, replaced and deleted", async () => {
    const client = await graphClient(server());
    const extension = `${user}/extensions/${settings.extensionName}`;
    const created: Response = await client.api(`${user}/extensions`).responseType(ResponseType.RAW).post(written);
    expect(created.status).toBe(201);
    expect(created.headers.get("content-type")).toMatch(/^application\/json;/);
    expect(await created.json()).toEqual({ "@odata.context": entityContext(), ...stored });

    expect(await client.api(extension).get()).toEqual({ "@odata.context": entityContext(), ...stored });
    expect(await client.api(`${user}/extensions`).get()).toEqual({
      "@odata.context": metadata(`users('${objectId}')/extensions`),
      value: [stored],
    });

    const patched: Response = await client
      .api(extension)
      .responseType(ResponseType.RAW)
      .patch({ ...written, theme: "light" });
    expect([patched.status, await patched.text()]).toEqual([204, ""]);
    expect(await client.api(extension).get()).toMatchObject({ theme: "light" });

    const deleted: Response = await client.api(extension).responseType(ResponseType.RAW).delete();
    expect([deleted.status, await deleted.text()]).toEqual([204, ""]);
    expect(await client.api(`${user}/extensions`).get()).toMatchObject({ value: [] });
  });
});

test("a guest is found by the user principal name with its number signs", async () => {
  const client = await graphClient(server(), { user: "guest" });
  await client.api("/me/extensions").post(settings);
  const name = encodeURIComponent(defaultFixtures.users.guest.userPrincipalName);
  expect(name).toContain("%23EXT%23");
  expect(await client.api(`/users/${name}/extensions`).get()).toMatchObject({ value: [stored] });
});

test("extensions of one user are not another's", async () => {
  await (await graphClient(server())).api("/me/extensions").post(settings);
  const other = await graphClient(server(), { user: "user-two" });
  expect(await other.api("/me/extensions").get()).toMatchObject({ value: [] });
});

describe("create", () => {
  test.each([
    ["without @odata.type", {}],
    ["with it", { "@odata.type": "microsoft.graph.openTypeExtension" }],
    ["with it and a number sign", { "@odata.type": "#microsoft.graph.openTypeExtension" }],
    ["with an id, which is ignored", { id: "another" }],
  ])("works %s", async (_, members) => {
    const client = await graphClient(server());
    expect(await client.api("/me/extensions").post({ ...settings, ...members })).toMatchObject(stored);
  });

  test("answers without metadata to those who want none", async () => {
    const client = await graphClient(server());
    const accept = "application/json;odata.metadata=none";
    const { "@odata.type": _, ...bare } = stored;
    expect(await client.api("/me/extensions").header("Accept", accept).post(written)).toEqual(bare);
    expect(await client.api(path).header("Accept", accept).get()).toEqual(bare);
    expect(await client.api("/me/extensions").header("Accept", accept).get()).toEqual({ value: [bare] });
    const expanded = client.api("/me?$select=id&$expand=extensions").header("Accept", accept);
    expect(await expanded.get()).toEqual({ id: objectId, extensions: [bare] });
  });

  test("lets one of many at once succeed", async () => {
    const client = await graphClient(server());
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) => client.api("/me/extensions").post({ ...settings, index })),
    );
    const winners = outcomes.filter(({ status }) => status === "fulfilled");
    expect(winners).toHaveLength(1);
    expect(await client.api(path).get()).toEqual(Object(winners[0]).value);
  });
});

describe("replace", () => {
  test("drops what is not sent, the name included, and keeps what is null", async () => {
    const client = await graphClient(server());
    await client.api("/me/extensions").post(written);
    await client.api(path).patch({ "@odata.type": "#microsoft.graph.openTypeExtension", theme: null });
    expect(await client.api(path).get()).toEqual({
      "@odata.context": entityContext(),
      "@odata.type": "#microsoft.graph.openTypeExtension",
      theme: null,
      id: settings.extensionName,
    });
  });

  test("does not rename", async () => {
    const client = await graphClient(server());
    await client.api("/me/extensions").post(written);
    await client.api(path).patch({ ...written, extensionName: "com.example.other" });
    expect(await client.api(path).get()).toMatchObject({
      id: settings.extensionName,
      extensionName: "com.example.other",
    });
    await expect(client.api("/me/extensions/com.example.other").get()).rejects.toMatchObject({ statusCode: 404 });
  });
});

test("a path may qualify the extension's name", async () => {
  const client = await graphClient(server());
  await client.api("/me/extensions").post(settings);
  const qualified = `/me/extensions/microsoft.graph.openTypeExtension.${settings.extensionName}`;
  expect(await client.api(qualified).get()).toMatchObject(stored);
});

describe("the user", () => {
  const other = { extensionName: "com.example.it's", value: "b" };

  test("comes without extensions", async () => {
    const client = await graphClient(server());
    await client.api("/me/extensions").post(settings);
    expect(await client.api("/me").get()).toEqual({
      "@odata.context": metadata("users/$entity"),
      businessPhones: [],
      displayName: "Fixture User One",
      givenName: null,
      jobTitle: null,
      mail: "user-one@home.example",
      mobilePhone: null,
      officeLocation: null,
      preferredLanguage: null,
      surname: null,
      userPrincipalName,
      id: objectId,
    });
  });

  test("comes with the selected properties and all extensions", async () => {
    const client = await graphClient(server());
    const request = () => client.api(`/users/${objectId}`).select("id,mail").expand("extensions").get();
    const answer = {
      "@odata.context": metadata("users(id,mail,extensions)/$entity"),
      id: objectId,
      mail: "user-one@home.example",
      "extensions@odata.context": metadata(`users('${objectId}')/extensions`),
    };
    expect(await request()).toEqual({ ...answer, extensions: [] });
    await client.api("/me/extensions").post(settings);
    await client.api("/me/extensions").post(other);
    expect(await request()).toMatchObject({ ...answer, extensions: [stored, { ...other, id: other.extensionName }] });
  });

  test("comes with the one extension asked for", async () => {
    const client = await graphClient(server());
    await client.api("/me/extensions").post(settings);
    await client.api("/me/extensions").post(other);
    const expand = (id: string) => client.api("/me").select("id").expand(`extensions($filter=id eq '${id}')`).get();
    expect(await expand("com.example.it''s")).toMatchObject({ extensions: [{ id: other.extensionName }] });
    expect(await expand("com.example.none")).toMatchObject({ extensions: [] });
  });
});

test.each([
  ["/me", "1"],
  ["/me?$expand=extensions", "2"],
  ["/me?$select=id&$expand=extensions", "1"],
  ["/me/extensions", "1"],
])("GET %s costs %s resource unit(s)", async (requested, units) => {
  const headers = { Authorization: `Bearer ${await graphToken(server())}` };
  const response = await fetch(`${server().url}/v1.0${requested}`, { headers });
  expect(response.headers.get("x-ms-resource-unit")).toBe(units);
});

test("the state names users, extensions and their creators, and reset forgets them", async () => {
  await (await graphClient(server())).api("/me/extensions").post(settings);
  const extensions = [
    { id: settings.extensionName, createdBy: defaultFixtures.applications.api.clientId, properties: settings },
  ];
  expect(server().graph.state()).toEqual({
    users: [{ user: "user-one", objectId, extensions }],
    replicaLag: {},
    claimsChallenges: [],
  });
  server().graph.reset();
  expect(server().graph.state()).toMatchObject({ users: [] });
});
