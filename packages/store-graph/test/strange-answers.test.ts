import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { createCertificateAuthority } from "@acs-auth/emulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { appOnly, GraphIdentityStore } from "../src/index.js";
import { expectCode, KEY, newMapping } from "./support/harness.js";

const user = { tenantId: "a0000000-0000-4000-8000-000000000001", objectId: "b0000000-0000-4000-8000-000000000001" };

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

let server: Server;
let answer: Answer = { status: 200 };
let requests: { path: string | undefined; authorization: string | undefined }[] = [];

beforeAll(async () => {
  const { issueCertificate } = await createCertificateAuthority(process.env["ACS_AUTH_EMULATOR_CERTIFICATES"] ?? "");
  server = createServer(await issueCertificate(), (request, response) => {
    requests.push({ path: request.url, authorization: request.headers.authorization });
    response.writeHead(answer.status, { ...answer.headers }).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function storeOver(given: Answer): GraphIdentityStore {
  answer = given;
  requests = [];
  const credential = { getToken: async () => ({ token: "a-token", expiresOnTimestamp: Date.now() + 3_600_000 }) };
  return new GraphIdentityStore({
    access: appOnly({ credential, tenantId: user.tenantId }),
    graphEndpoint: `https://localhost:${(server.address() as AddressInfo).port}/behind/a/proxy/`,
    mappingKeys: [KEY],
  });
}

const json = { "Content-Type": "application/json" };

describe("an answer that is no extension is neither a mapping nor its absence", () => {
  it.each<[string, Answer]>([
    ["an empty body", { status: 200 }],
    ["204", { status: 204 }],
    ["a page", { status: 200, headers: { "Content-Type": "text/html" }, body: "<html></html>" }],
    ["a list", { status: 200, headers: json, body: "[]" }],
    ["null", { status: 200, headers: json, body: "null" }],
    ["broken JSON", { status: 200, headers: json, body: '{"a":' }],
  ])("%s", async (_, given) => {
    const store = storeOver(given);
    await expectCode(store.get(user), "store_unavailable");
    await expectCode(store.insertIfAbsent(newMapping(user)), "store_unavailable");
  });

  it("an object without a mapping is refused as unsigned", async () => {
    await expectCode(storeOver({ status: 200, headers: json, body: "{}" }).get(user), "mapping_unsigned");
  });
});

it("a path prefix of graphEndpoint is kept, and the token sent", async () => {
  await expectCode(storeOver({ status: 200, headers: json, body: "{}" }).get(user), "mapping_unsigned");
  expect(requests).toEqual([
    {
      path: `/behind/a/proxy/v1.0/users/${user.objectId}/extensions/io.github.acsauth.identityMapping`,
      authorization: "Bearer a-token",
    },
  ]);
});

it("a redirect is not followed, least of all with the token", async () => {
  await expectCode(storeOver({ status: 307, headers: { Location: "/elsewhere" } }).get(user), "store_unavailable");
  expect(requests.map(({ path }) => path)).not.toContain("/elsewhere");
});

describe("an answer that is no list of users ends no listing", () => {
  const value = [{ id: user.objectId }];
  it.each<[string, Answer]>([
    ["an empty body", { status: 200 }],
    ["204", { status: 204 }],
    ["a web page", { status: 200, headers: { "Content-Type": "text/html" }, body: "<html></html>" }],
    ["a list", { status: 200, headers: json, body: "[]" }],
    ["an object without a list", { status: 200, headers: json, body: "{}" }],
    ["a user without id", { status: 200, headers: json, body: '{"value":[{}]}' }],
    ["an id that is a path", { status: 200, headers: json, body: '{"value":[{"id":"../me"}]}' }],
    ...["https://localhost/v1.0/me?$skiptoken=a", "https://localhost/v1.0/users?$top=1", "/v1.0/users", 1].map(
      (nextLink): [string, Answer] => [
        `the next link ${nextLink}`,
        { status: 200, headers: json, body: JSON.stringify({ value, "@odata.nextLink": nextLink }) },
      ],
    ),
  ])("%s", async (_, given) => {
    await expectCode(firstPage(storeOver(given)), "store_unavailable");
  });

  it("and a next link leads to no other host, with the whole of its query", async () => {
    const query = "$select=id&$top=2&$skiptoken=RFNwd/A=&more=%20";
    const nextLink = `https://attacker.example/v1.0/users?${query}`;
    const store = storeOver({
      status: 200,
      headers: json,
      body: JSON.stringify({ value: [], "@odata.nextLink": nextLink }),
    });
    const pages = store.listMappings({ maxPageSize: 2 })[Symbol.asyncIterator]();
    await pages.next();
    await pages.next();
    expect(requests.map(({ path }) => path)).toEqual([
      "/behind/a/proxy/v1.0/users?$select=id&$top=2",
      expect.stringMatching(/^\/behind\/a\/proxy\/v1\.0\/users\?/),
    ]);
    const sent = new URL(requests[1]?.path ?? "", "https://localhost").searchParams;
    expect(Object.fromEntries(sent)).toEqual(Object.fromEntries(new URLSearchParams(query)));
  });
});

function firstPage(store: GraphIdentityStore): Promise<unknown> {
  return store.listMappings()[Symbol.asyncIterator]().next();
}
