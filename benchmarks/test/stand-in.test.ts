import { defaultFixtures, type Emulator, startEmulator } from "@acs-auth/emulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createCommunication } from "../src/upstream/stand-in/communication.js";
import { createEntra } from "../src/upstream/stand-in/entra.js";
import { createGraph } from "../src/upstream/stand-in/graph.js";
import { createUsers, SigningKey } from "../src/upstream/stand-in/users.js";

const { tenants, applications, users } = defaultFixtures;
const EXTENSION = { extensionName: "com.contoso.test", value: "1" };

let emulator: Emulator;
let entra: ReturnType<typeof createEntra>;
let assertion: string;

beforeAll(async () => {
  emulator = await startEmulator({ ports: { entra: 0 } });
  const key = await SigningKey.create();
  entra = createEntra(key);
  assertion = (await createUsers(1, key))[0]?.accessToken ?? "";
});
afterAll(() => emulator.close());

/** The names of all members, however deep, without those that only describe the service. */
function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shape);
  if (typeof value !== "object" || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shape(member)]));
}

const request = { method: "GET", host: "localhost", query: "", authorization: "", body: "" };

describe("the stand-in answers as the emulator does", () => {
  it("On-Behalf-Of", async () => {
    const form = async (text: string) =>
      new URLSearchParams({
        grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
        requested_token_use: "on_behalf_of",
        client_id: applications.api.clientId,
        client_secret: applications.api.clientSecret,
        scope: "https://graph.microsoft.com/.default openid profile offline_access",
        client_info: "1",
        assertion: text,
      }).toString();
    const path = `/${tenants.home.id}/oauth2/v2.0/token`;
    const response = await fetch(`${emulator.entra.url}${path}`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: await form(await emulator.mintToken({ user: "user-one" })),
    });
    const answer = entra({ ...request, method: "POST", path, body: await form(assertion) }, "https://localhost");
    expect(answer.status).toBe(response.status);
    expect(shape(answer.body)).toEqual(shape(await response.json()));
  });

  it("open extensions: created, read, expanded, refused and missing", async () => {
    const graph = createGraph();
    const token = await emulator.mintToken({ user: "user-one", application: "api", audience: "graph" });
    const calls = [
      ["GET", `/extensions/${EXTENSION.extensionName}`, ""],
      ["POST", "/extensions", JSON.stringify(EXTENSION)],
      ["POST", "/extensions", JSON.stringify(EXTENSION)],
      ["GET", `/extensions/${EXTENSION.extensionName}`, ""],
      ["GET", "", "?$select=id&$expand=extensions"],
    ] as const;
    for (const [method, path, last] of calls) {
      const [query, body] = last.startsWith("?") ? [last, ""] : ["", last];
      const response = await fetch(`${emulator.graph.url}/v1.0/me${path}${query}`, {
        method,
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        ...(body === "" ? {} : { body }),
      });
      const authorization = `Bearer ${users["user-one"].objectId}.token`;
      const answer = graph.handle(
        { ...request, method, path: `/v1.0/me${path}`, query: query.slice(1), authorization, body },
        emulator.graph.url,
      );
      expect([method, path, answer.status]).toEqual([method, path, response.status]);
      expect(shape(answer.body)).toEqual(shape(await response.json()));
    }
  });

  it("an identity and a token have the form of the real service's", () => {
    const communication = createCommunication();
    const body = JSON.stringify({ createTokenWithScopes: ["chat"] });
    const created = communication({ ...request, method: "POST", path: "/identities", body }, "");
    const identity = { id: expect.stringMatching(/^8:acs:[\da-f-]{36}_[\da-f-]{36}$/) };
    const accessToken = { token: expect.any(String), expiresOn: expect.stringMatching(/Z$/) };
    expect(created).toEqual({ status: 201, body: { identity, accessToken } });
    const path = "/identities/8:acs:a_b/:issueAccessToken";
    expect(communication({ ...request, method: "POST", path }, "")).toEqual({ status: 200, body: accessToken });
  });
});
