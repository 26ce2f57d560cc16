import { describe, expect, test } from "vitest";
import { graphClient, graphErrorOf, useGraph } from "./support/graph-server.js";

const extension = (name: string, members = {}) => ({ extensionName: `com.example.${name}`, ...members });

describe("by default", () => {
  const server = useGraph();

  test("a name exists once, whoever created it", async () => {
    const client = await graphClient(server());
    const another = await graphClient(server(), { application: "client", scopes: ["User.ReadWrite"] });
    await client.api("/me/extensions").post(extension("a", { value: 1 }));
    for (const creator of [client, another]) {
      expect(await graphErrorOf(creator.api("/me/extensions").post(extension("a", { value: 2 })))).toMatchObject({
        statusCode: 400,
        code: "Request_BadRequest",
        message: "An extension already exists with given id.",
      });
    }
    expect(await client.api("/me/extensions/com.example.a").get()).toMatchObject({ value: 1 });
  });

  test("an application creates two extensions on a user, and another again after a deletion", async () => {
    const client = await graphClient(server());
    const create = (name: string) => client.api("/me/extensions").post(extension(name));
    await create("a");
    await create("b");
    expect(await graphErrorOf(create("c"))).toMatchObject({
      statusCode: 400,
      message: "Maximum number of extensions values supported per application is 2.",
    });
    expect(await graphErrorOf(create("a"))).toMatchObject({ message: "An extension already exists with given id." });
    await client.api("/me/extensions/com.example.a").delete();
    await create("c");
  });

  test("applications and users are counted apart", async () => {
    for (const application of ["api", "client"]) {
      for (const user of ["user-one", "user-two"]) {
        const client = await graphClient(server(), { application, user, scopes: ["User.ReadWrite"] });
        for (const name of ["a", "b"]) await client.api("/me/extensions").post(extension(`${application}-${name}`));
      }
    }
    const client = await graphClient(server());
    expect(await client.api("/me/extensions").get()).toHaveProperty("value.length", 4);
  });

  test("an extension takes 2048 bytes of JSON, in UTF-8", async () => {
    const client = await graphClient(server());
    const frame = JSON.stringify(extension("a", { value: "" })).length;
    const value = `${"é".repeat(500)}${"x".repeat(2048 - frame - 1000)}`;
    const fitting = extension("a", { value });
    const tooLarge = extension("a", { value: `${value}x` });
    const refusal = {
      statusCode: 400,
      code: "BadRequest",
      message: "Maximum size supported for each extension is : 2 KB.",
    };
    expect(await graphErrorOf(client.api("/me/extensions").post(tooLarge))).toMatchObject(refusal);
    await client.api("/me/extensions").post(fitting);
    const path = "/me/extensions/com.example.a";
    expect(await graphErrorOf(client.api(path).patch(tooLarge))).toMatchObject(refusal);
    expect(await client.api(path).get()).toMatchObject(fitting);
  });

  test("names differ in case", async () => {
    const client = await graphClient(server());
    await client.api("/me/extensions").post(extension("a"));
    await client.api("/me/extensions").post(extension("A"));
  });
});

describe("where behaviour is unknown, an option changes", () => {
  const conflict = { status: 409, code: "Request_ResourceAlreadyExists", message: "It exists." } as const;
  const server = useGraph({
    extensionsPerApplication: 1,
    unknown: {
      duplicate: conflict,
      extensionNotFound: { status: 400, code: "NotThere", message: "It is not there." },
      tooManyExtensions: { status: 403, code: "TooMany", message: "There are too many." },
      tooLarge: { status: 413, code: "TooLarge", message: "It is too large." },
      meWithoutUser: { status: 403, code: "NoUser", message: "There is no user." },
      maximumSizeInBytes: 3,
      sizeInBytes: ({ value }) => String(value ?? "").length,
      listsShowOtherApplications: false,
      caseSensitiveNames: false,
      nestedObjects: true,
      patchNeedsType: true,
    },
  });

  test("the answers", async () => {
    const client = await graphClient(server());
    const create = (name: string, members = {}) => client.api("/me/extensions").post(extension(name, members));
    expect(await graphErrorOf(create("a", { value: "long" }))).toMatchObject({ statusCode: 413, code: "TooLarge" });
    await create("a", { value: "abc" });
    expect(await graphErrorOf(create("a"))).toMatchObject({ statusCode: 409, code: conflict.code });
    expect(await graphErrorOf(create("b"))).toMatchObject({ statusCode: 403, code: "TooMany" });
    expect(await graphErrorOf(client.api("/me/extensions/b").get())).toMatchObject({
      statusCode: 400,
      code: "NotThere",
    });
    const application = await graphClient(server(), { roles: ["User.Read.All"] });
    expect(await graphErrorOf(application.api("/me").get())).toMatchObject({ statusCode: 403, code: "NoUser" });
  });

  test("what lists show to an application", async () => {
    const client = await graphClient(server());
    const another = await graphClient(server(), { application: "client", scopes: ["User.Read"] });
    await client.api("/me/extensions").post(extension("a"));
    for (const path of ["/me/extensions", "/me?$expand=extensions"]) {
      expect(JSON.stringify(await client.api(path).get())).toContain("com.example.a");
      expect(JSON.stringify(await another.api(path).get())).not.toContain("com.example.a");
    }
  });

  test("the comparison of names", async () => {
    const client = await graphClient(server());
    await client.api("/me/extensions").post(extension("A"));
    expect(await client.api("/me/extensions/COM.example.a").get()).toMatchObject({ id: "com.example.A" });
    expect(await graphErrorOf(client.api("/me/extensions").post(extension("a")))).toMatchObject({ statusCode: 409 });
  });

  test("which values and which replacements are accepted", async () => {
    const client = await graphClient(server());
    const nested = extension("a", { nested: { value: [{}] } });
    expect(await client.api("/me/extensions").post(nested)).toMatchObject(nested);
    const path = "/me/extensions/com.example.a";
    expect(await graphErrorOf(client.api(path).patch(nested))).toMatchObject({
      statusCode: 400,
      message: "Cannot process input of abstract type 'microsoft.graph.extension'",
    });
    await client.api(path).patch({ "@odata.type": "microsoft.graph.openTypeExtension", ...nested });
  });
});
