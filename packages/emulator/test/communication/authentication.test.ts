import { CommunicationIdentityClient } from "@azure/communication-identity";
import { describe, expect, it } from "vitest";
import { apiCredential, useEmulator } from "../support/emulator.js";
import { send, sign } from "../support/signed-request.js";

const emulator = useEmulator();
const deniedBody = { error: { code: "Denied", message: "Denied by the resource provider." } };
const otherKey = Buffer.from("another key").toString("base64");

describe("an access key", () => {
  it("is accepted, with an empty body and without Accept or Content-Type", async () => {
    expect(await send(sign(emulator(), "POST", "/identities"))).toMatchObject({ status: 201 });
  });

  it("may sign the same request again, as a retry does", async () => {
    const request = sign(emulator(), "POST", "/identities");
    expect(await send(request)).toMatchObject({ status: 201 });
    expect(await send(request)).toMatchObject({ status: 201 });
  });

  it("may sign any list of headers that holds the date, the host and the body's hash", async () => {
    const changes = {
      signedHeaders: ["date", "host", "x-ms-content-sha256", "x-custom"],
      headers: { date: new Date().toUTCString(), "x-custom": "value", "x-ms-date": undefined },
    };
    expect(await send(sign(emulator(), "POST", "/identities", "", changes))).toMatchObject({ status: 201 });
  });

  it("signs the request target exactly as it is sent", async () => {
    const { body } = await send(sign(emulator(), "POST", "/identities"));
    for (const id of [body.identity.id, encodeURIComponent(body.identity.id), body.identity.id.replace(/:/g, "%3a")]) {
      const request = sign(emulator(), "POST", `/identities/${id}/:revokeAccessTokens`);
      expect(await send(request), id).toMatchObject({ status: 204 });
    }
    const [url, init] = sign(
      emulator(),
      "POST",
      `/identities/${encodeURIComponent(body.identity.id)}/:revokeAccessTokens`,
    );
    expect(await send([url.replaceAll("%3A", ":"), init])).toMatchObject({ status: 401, body: deniedBody });
  });

  it.each([
    ["another key", { accessKey: otherKey }],
    ["a changed body", { sentBody: '{"createTokenWithScopes":["voip"]}' }],
    ["a wrong body hash", { headers: { "x-ms-content-sha256": "AAAA" } }],
    ["no body hash", { headers: { "x-ms-content-sha256": undefined } }],
    ["an unsigned body hash", { signedHeaders: ["x-ms-date", "host"] }],
    ["an unsigned host", { signedHeaders: ["x-ms-date", "x-ms-content-sha256"] }],
    ["no date", { headers: { "x-ms-date": undefined } }],
    ["an unsigned date", { signedHeaders: ["host", "x-ms-content-sha256"] }],
    ["a date that is none", { date: "yesterday" }],
    ["a date too long ago", { date: new Date(Date.now() - 16 * 60_000).toUTCString() }],
    ["a date too far ahead", { date: new Date(Date.now() + 16 * 60_000).toUTCString() }],
    ["another host", { headers: { host: "resource.communication.azure.com" } }],
    ["no authorization", { headers: { authorization: "" } }],
    ["an authorization of another scheme", { headers: { authorization: "Basic YTpi" } }],
    [
      "a signature that is none",
      { headers: { authorization: "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=" } },
    ],
  ])("is denied with %s", async (_, changes) => {
    const request = sign(emulator(), "POST", "/identities", '{"createTokenWithScopes":["chat"]}', changes);
    expect(await send(request)).toMatchObject({ status: 401, body: deniedBody });
    expect(emulator().state().communication.identities).toEqual([]);
  });

  it("that is wrong reaches the SDK as Denied", async () => {
    const client = new CommunicationIdentityClient(emulator().communication.url, { key: otherKey });
    await expect(client.createUser()).rejects.toMatchObject({ statusCode: 401, code: "Denied" });
  });
});

describe("a token credential", () => {
  it("gets a token with the scope that the SDK asks for", async () => {
    const token = await apiCredential(emulator()).getToken("https://communication.azure.com//.default");
    const url = `${emulator().communication.url}/identities?api-version=2023-10-01`;
    const authorization = `Bearer ${token?.token}`;
    expect(await send([url, { method: "POST", headers: { authorization } }])).toMatchObject({ status: 201 });
  });

  it.each([
    ["for another API", { application: "daemon" }],
    ["that has expired", { application: "daemon", audience: "communication", lifetimeInSeconds: -600 }],
    [
      "signed with a key nobody published",
      { application: "daemon", audience: "communication", signWith: "unpublished" },
    ],
    [
      "of another issuer",
      { application: "daemon", audience: "communication", claims: { iss: "https://sts.example/" } },
    ],
  ] as const)("is denied with a token %s", async (_, request) => {
    const url = `${emulator().communication.url}/identities?api-version=2023-10-01`;
    const authorization = `Bearer ${await emulator().mintToken(request)}`;
    const answer = await send([url, { method: "POST", headers: { authorization } }]);
    expect(answer).toMatchObject({ status: 401, body: deniedBody });
  });

  it("takes a minted token that is as it should be, which is the control of the denials", async () => {
    const url = `${emulator().communication.url}/identities?api-version=2023-10-01`;
    const token = await emulator().mintToken({ application: "daemon", audience: "communication" });
    const answer = await send([url, { method: "POST", headers: { authorization: `Bearer ${token}` } }]);
    expect(answer).toMatchObject({ status: 201 });
  });

  it("is denied when it is not a token", async () => {
    const url = `${emulator().communication.url}/identities?api-version=2023-10-01`;
    const answer = await send([url, { method: "POST", headers: { authorization: "Bearer nonsense" } }]);
    expect(answer).toMatchObject({ status: 401, body: deniedBody });
  });
});
