import { describe, expect, test } from "vitest";
import { defaultFixtures } from "../../src/default-fixtures.js";
import { graphClient, graphErrorOf, graphToken, useGraph } from "./support/graph-server.js";

const server = useGraph();
const appOnly = { roles: ["User.Read.All"] };

const homeUsers = Object.values(defaultFixtures.users).filter(({ tenant }) => tenant === "home");
const ids = homeUsers.map(({ objectId }) => objectId);

interface UserPage {
  readonly value: readonly { readonly id: string }[];
  readonly "@odata.nextLink"?: string;
}

test("lists the users of the caller's tenant and no others", async () => {
  const client = await graphClient(server(), appOnly);
  const page = await client.api("/users").select("id").get();
  expect(page).toEqual({
    "@odata.context": `${server().url}/v1.0/$metadata#users(id)`,
    value: ids.map((id) => ({ id })),
  });
});

test("has the properties that a single user has", async () => {
  const client = await graphClient(server(), appOnly);
  const { value }: { value: object[] } = await client.api("/users").get();
  const { "@odata.context": _, ...single } = await client.api(`/users/${ids[0]}`).get();
  expect(value[0]).toEqual(single);
});

test("gives pages whose next links keep the query and lead to all users", async () => {
  const client = await graphClient(server(), appOnly);
  const sizes: number[] = [];
  const found: string[] = [];
  let page: UserPage = await client.api("/users").select("id").top(2).get();
  for (;;) {
    sizes.push(page.value.length);
    found.push(...page.value.map(({ id }) => id));
    const next = page["@odata.nextLink"];
    if (next === undefined) break;
    const { origin, pathname, searchParams } = new URL(next);
    expect([origin, pathname]).toEqual([server().url, "/v1.0/users"]);
    expect(Object.fromEntries(searchParams)).toEqual({ $select: "id", $top: "2", $skiptoken: expect.any(String) });
    page = await client.api(next).get();
  }
  expect(found).toEqual(ids);
  expect(sizes.slice(0, -1).every((size) => size === 2)).toBe(true);
});

describe("a page has at most", () => {
  const many = Array.from({ length: 120 }, (_, n) => [
    `many-${n}`,
    {
      objectId: `b1000000-0000-4000-8000-${String(n).padStart(12, "0")}`,
      tenant: "other",
      displayName: `Fixture ${n}`,
      userPrincipalName: `many-${n}@other.example`,
      email: `many-${n}@other.example`,
    },
  ]);
  const crowded = useGraph({
    fixtures: { ...defaultFixtures, users: { ...defaultFixtures.users, ...Object.fromEntries(many) } },
  });

  test("100 users by default", async () => {
    const client = await graphClient(crowded(), { ...appOnly, tenant: "other" });
    const page: UserPage = await client.api("/users").get();
    expect(page.value).toHaveLength(100);
    expect(page["@odata.nextLink"]).toBeDefined();
  });

  test("999 users", async () => {
    const client = await graphClient(crowded(), { ...appOnly, tenant: "other" });
    expect((await client.api("/users").top(999).get()).value.length).toBeGreaterThan(120);
    for (const top of [0, 1000, -1, 1.5]) {
      expect(await graphErrorOf(client.api("/users").top(top).get())).toMatchObject({
        statusCode: 400,
        code: "Request_UnsupportedQuery",
        message: `Invalid page size specified: '${top}'. Must be between 1 and 999 inclusive.`,
      });
    }
  });
});

test("a page token that leads nowhere is refused", async () => {
  const client = await graphClient(server(), appOnly);
  expect(await graphErrorOf(client.api("/users").query({ $skiptoken: "nowhere" }).get())).toMatchObject({
    statusCode: 400,
    code: "Directory_ExpiredPageToken",
  });
});

test.each([
  ["User.ReadBasic.All", { user: "user-one", scopes: ["User.ReadBasic.All"] }, "allowed"],
  ["User.Read.All", { user: "user-one", scopes: ["User.Read.All"] }, "allowed"],
  ["Directory.Read.All", { user: "user-one", scopes: ["Directory.Read.All"] }, "allowed"],
  ["User.ReadWrite", { user: "user-one", scopes: ["User.ReadWrite"] }, "denied"],
  ["User.Read.All of a guest", { user: "guest", scopes: ["User.Read.All"] }, "denied"],
  ["User.ReadWrite.All app-only", { roles: ["User.ReadWrite.All"] }, "allowed"],
  ["Directory.ReadWrite.All app-only", { roles: ["Directory.ReadWrite.All"] }, "allowed"],
  ["User.ReadBasic.All app-only", { roles: ["User.ReadBasic.All"] }, "denied"],
] as const)("with %s", async (_, request, outcome) => {
  const client = await graphClient(server(), request);
  const listing = client.api("/users").select("id").get();
  if (outcome === "allowed") await listing;
  else {
    expect(await graphErrorOf(listing)).toMatchObject({
      statusCode: 403,
      code: "Authorization_RequestDenied",
      message: "Insufficient privileges to complete the operation.",
    });
  }
});

test.each([
  ["?$filter=id eq 'a'", "GET", 501, "NotEmulated"],
  ["?$skip=1", "GET", 501, "NotEmulated"],
  ["?$select=nickname", "GET", 400, "BadRequest"],
  ["", "POST", 501, "NotEmulated"],
])("the query '%s' with %s is refused with %i", async (query, method, status, code) => {
  const Authorization = `Bearer ${await graphToken(server(), appOnly)}`;
  const response = await fetch(`${server().url}/v1.0/users${query}`, { method, headers: { Authorization } });
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ error: { code } });
});

test.each([
  ["", "2"],
  ["?$select=id", "1"],
  ["?$top=19", "1"],
  ["?$top=20", "2"],
])("'%s' costs %s resource units", async (query, cost) => {
  const Authorization = `Bearer ${await graphToken(server(), appOnly)}`;
  const response = await fetch(`${server().url}/v1.0/users${query}`, { headers: { Authorization } });
  expect(response.headers.get("x-ms-resource-unit")).toBe(cost);
});
