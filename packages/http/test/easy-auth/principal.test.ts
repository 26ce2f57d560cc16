import { describe, expect, it } from "vitest";
import {
  type Claim,
  encode,
  HOST,
  ids,
  LONG,
  objectId,
  signedIn,
  startEasyAuth,
  tenantId,
  useAppService,
} from "../support/easy-auth.js";
import { adapters } from "../support/serve.js";

useAppService();

describe.each(Object.entries(adapters))("%s: the user", (_name, adapt) => {
  it("comes from the principal", async () => {
    const { get, users } = await startEasyAuth({}, {}, adapt);
    expect((await get(signedIn())).problem()).toMatchObject({ code: "identity_not_found" });
    expect(users).toEqual([
      {
        tenantId,
        objectId,
        accessToken: "",
        scopes: [],
        clientId: undefined,
        claims: { tid: tenantId, oid: objectId },
      },
    ]);
  });

  it.each([
    ["no principal", {}],
    ["an empty principal", { ...signedIn(), "x-ms-client-principal": "" }],
  ])("is missing with %s", async (_what, headers) => {
    const { get, users } = await startEasyAuth({}, {}, adapt);
    expect((await get(headers)).problem()).toMatchObject({ status: 401, code: "missing_token" });
    expect(users).toEqual([]);
  });

  const principal = signedIn()["x-ms-client-principal"];
  const refusals: [name: string, headers: Record<string, string | string[]>, reason: string][] = [
    ["no identity provider", { "x-ms-client-principal": principal }, "malformed_principal"],
    ["two principals", { ...signedIn(), "x-ms-client-principal": [principal, principal] }, "malformed_principal"],
    ["two providers", { ...signedIn(), "x-ms-client-principal-idp": ["aad", "aad"] }, "malformed_principal"],
    ["providers that differ", { ...signedIn(), "x-ms-client-principal-idp": "google" }, "malformed_principal"],
    ["a principal that is no base64", { ...signedIn(), "x-ms-client-principal": "{}" }, "malformed_principal"],
    ["a principal that is no JSON", { ...signedIn(), "x-ms-client-principal": "AAAA" }, "malformed_principal"],
    ["a principal that is null", { ...signedIn(), "x-ms-client-principal": encode(null) }, "malformed_principal"],
    [
      "claims that are no list",
      { ...signedIn(), "x-ms-client-principal": encode({ auth_typ: "aad", claims: { tid: tenantId } }) },
      "malformed_principal",
    ],
    [
      "the principal of Azure Static Web Apps",
      {
        "x-ms-client-principal": encode({ identityProvider: "aad", userId: objectId, userRoles: ["authenticated"] }),
        "x-ms-client-principal-idp": "aad",
      },
      "malformed_principal",
    ],
    ["another provider", signedIn(ids, "google"), "provider_not_allowed"],
    ["no tenant", signedIn([["oid", objectId]]), "missing_claim"],
    ["no object id", signedIn([["tid", tenantId]]), "missing_claim"],
    [
      "an object id that is no GUID",
      signedIn([
        ["tid", tenantId],
        ["oid", "user@contoso.com"],
      ]),
      "missing_claim",
    ],
    [
      "a list for an object id",
      signedIn([
        ["tid", tenantId],
        ["oid", [objectId]],
      ]),
      "missing_claim",
    ],
    ["two object ids", signedIn([...ids, ["oid", tenantId]]), "ambiguous_claim"],
    ["an object id under both names", signedIn([...ids, [`${LONG}objectidentifier`, tenantId]]), "ambiguous_claim"],
    ["an object id in another case", signedIn([...ids, ["OID", tenantId]]), "ambiguous_claim"],
    ["two tenants", signedIn([...ids, [`${LONG}TenantId`, objectId]]), "ambiguous_claim"],
    [
      "another tenant",
      signedIn([
        ["tid", objectId],
        ["oid", objectId],
      ]),
      "tenant_not_allowed",
    ],
  ];

  it.each(refusals)("is refused with %s", async (_what, headers, reason) => {
    const { get, users } = await startEasyAuth({}, {}, adapt);
    expect((await get(headers)).problem()).toMatchObject({ status: 401, code: "invalid_token", reason });
    expect(users).toEqual([]);
  });
});

describe("the claims", () => {
  it("may have the platform's long names", async () => {
    const { get, users } = await startEasyAuth();
    await get(
      signedIn([
        [`${LONG}tenantid`, tenantId.toUpperCase()],
        [`${LONG}objectidentifier`, objectId.toUpperCase()],
        [`${LONG}scope`, "access_as_user calls"],
        ["azp", "client"],
        ["groups", "g1"],
        ["groups", "g2"],
        ["__proto__", "x"],
      ]),
    );
    expect(users).toMatchObject([{ tenantId, objectId, scopes: ["access_as_user", "calls"], clientId: "client" }]);
    expect(users[0]).toMatchObject({ claims: { groups: ["g1", "g2"] } });
  });

  it("of another provider are taken where it has been allowed", async () => {
    const { get, users } = await startEasyAuth({
      identityProviders: ["contoso-entra"],
      tenantId: [objectId, tenantId],
    });
    expect((await get(signedIn(ids, "contoso-entra"))).status).toBe(404);
    expect((await get(signedIn(ids, "aad"))).status).toBe(401);
    expect(users).toHaveLength(1);
  });

  it.each([
    ["an app-only token by its type", [...ids, ["idtyp", "app"], [`${LONG}scope`, "access_as_user"]]],
    ["an app-only token of version 2.0", [...ids, ["azp", "client"], ["roles", "all"]]],
    ["an app-only token of version 1.0", [...ids, ["appid", "client"]]],
  ] as [string, Claim[]][])("of %s are refused", async (_what, claims) => {
    const { get, users } = await startEasyAuth();
    expect((await get(signedIn(claims))).problem()).toMatchObject({ code: "insufficient_scope", reason: "app_only" });
    expect(users).toEqual([]);
  });

  it("must hold the required scopes, where there are any", async () => {
    const { get } = await startEasyAuth({ requiredScopes: ["access_as_user"] });
    expect((await get(signedIn())).problem()).toMatchObject({ code: "insufficient_scope", reason: "missing_scope" });
    expect((await get(signedIn([...ids, ["scp", "other"]]))).status).toBe(403);
    expect((await get(signedIn([...ids, ["scp", "access_as_user other"]]))).problem().code).toBe("identity_not_found");
  });

  it("must hold the scopes of POST /exchange", async () => {
    const { ask } = await startEasyAuth({}, { exchangeScopes: ["exchange"] });
    const headers = { host: HOST, origin: `https://${HOST}`, ...signedIn() };
    const answer = await ask("POST", "/exchange", { anonymous: true, headers, body: { accessToken: "t" } });
    expect(answer.problem()).toMatchObject({ status: 403, reason: "missing_scope" });
  });
});
