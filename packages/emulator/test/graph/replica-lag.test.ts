import type { Client } from "@microsoft/microsoft-graph-client";
import { beforeEach, describe, expect, test } from "vitest";
import { graphClient, useGraph } from "./support/graph-server.js";

const extensionName = "com.example.mapping";
const path = `/me/extensions/${extensionName}`;

const server = useGraph();
let client: Client;
beforeEach(async () => {
  client = await graphClient(server());
});

const create = (value = "a") => client.api("/me/extensions").post({ extensionName, value });
const replace = (value: string) => client.api(path).patch({ extensionName, value });
/** The value that each way of reading shows; `undefined` if there is no extension. */
const reads: Record<string, () => Promise<unknown>> = {
  get: () =>
    client
      .api(path)
      .get()
      .then(({ value }) => value)
      .catch(({ statusCode }) => (statusCode === 404 ? undefined : Promise.reject(statusCode))),
  list: async () => (await client.api("/me/extensions").get()).value[0]?.value,
  expand: async () => (await client.api("/me?$select=id&$expand=extensions").get()).extensions[0]?.value,
};

describe.each(Object.entries(reads))("with a lag in time, %s", (_, read) => {
  beforeEach(() => server().graph.setReplicaLag({ milliseconds: 10_000 }));

  test("shows a creation, a replacement and a deletion late", async () => {
    await create("a");
    expect(await read()).toBeUndefined();
    server().advance(5_000);
    await replace("b");
    expect(await read()).toBeUndefined();
    server().advance(5_000);
    expect(await read()).toBe("a");
    server().advance(5_000);
    expect(await read()).toBe("b");
    await client.api(path).delete();
    expect(await read()).toBe("b");
    server().advance(10_000);
    expect(await read()).toBeUndefined();
  });
});

test.each(Object.entries(reads))("with a lag in reads, %s sees a write after so many", async (_, read) => {
  server().graph.setReplicaLag({ reads: 2 });
  await create();
  expect([await read(), await read(), await read()]).toEqual([undefined, undefined, "a"]);
});

test("reads of another user do not count", async () => {
  server().graph.setReplicaLag({ reads: 1 });
  await create();
  await (await graphClient(server(), { user: "user-two" })).api("/me/extensions").get();
  expect([await reads["get"]?.(), await reads["get"]?.()]).toEqual([undefined, "a"]);
});

test("writes see each other at once", async () => {
  server().graph.setReplicaLag({ milliseconds: 10_000, reads: 10 });
  await create();
  await expect(create("b")).rejects.toMatchObject({ message: "An extension already exists with given id." });
  await replace("b");
  expect(server().graph.state().users[0]?.extensions[0]?.properties).toEqual({ extensionName, value: "b" });
  await client.api(path).delete();
  await expect(client.api(path).delete()).rejects.toMatchObject({ statusCode: 404 });
  await create("c");
});

test("a change that came earlier is never shown after a later one", async () => {
  server().graph.setReplicaLag({ milliseconds: 10_000 });
  await create("a");
  server().graph.setReplicaLag({});
  await replace("b");
  expect(await reads["get"]?.()).toBeUndefined();
  server().advance(10_000);
  expect(await reads["get"]?.()).toBe("b");
});

test("a reset ends the lag", async () => {
  server().graph.setReplicaLag({ milliseconds: 10_000 });
  server().graph.reset();
  await create();
  expect(await reads["get"]?.()).toBe("a");
});

test.each([{ milliseconds: -1 }, { reads: 0.5 }, { milliseconds: Number.NaN }])("refuses the lag %j", (lag) => {
  expect(() => server().graph.setReplicaLag(lag)).toThrow(TypeError);
});

describe("set from the start", () => {
  const lagging = useGraph({ replicaLag: { reads: 1 } });

  test("the lag is there, after a reset as well", async () => {
    lagging().graph.setReplicaLag({});
    lagging().graph.reset();
    client = await graphClient(lagging());
    await create();
    expect([await reads["get"]?.(), await reads["get"]?.()]).toEqual([undefined, "a"]);
  });
});
