import { AcsAuthError, type AcsAuthErrorCode, TOKEN_SCOPES } from "@acs-auth/core";
import { type AcsAuthHandlerOptions, type OpenApiDocument, openApiDocument } from "@acs-auth/http";
import { Validator } from "@seriousme/openapi-schema-validator";
import type { OpenAPIV3_1 } from "openapi-types";
import { describe, expect, it } from "vitest";
import { scriptedVerifier } from "../support/doubles.js";
import { closedSchemas } from "./support/closed-schemas.js";

const verifier = scriptedVerifier();
const authenticator = { authenticate: () => Promise.reject(new Error("Nobody.")) };

const variants: [name: string, options: Partial<AcsAuthHandlerOptions>][] = [
  ["no options", {}],
  [
    "every option that matters",
    {
      verifier,
      authorize: () => true,
      authorizationUri: "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
      basePath: "/v1",
      createOnToken: true,
      exchangeScopes: ["exchange"],
      openApi: { path: "/description.json", serverUrl: "https://api.contoso.com/auth" },
      rateLimit: { points: 1, durationInSeconds: 1 },
      tokenExpiresInMinutes: 120,
      tokenScopes: ["chat"],
    },
  ],
  ["a RequestAuthenticator", { verifier: authenticator, exchangeScopes: ["exchange"] }],
];

describe.each(variants)("with %s the description", (_name, options) => {
  it("is valid OpenAPI 3.1, with no reference that leads nowhere", async () => {
    const validator = new Validator({ strict: false });
    expect(await validator.validate({ ...openApiDocument(options) })).toEqual({ valid: true });
    expect(validator.version).toBe("3.1");
  });

  it("fits the types of openapi-types", () => {
    const document: OpenAPIV3_1.Document = openApiDocument(options);
    expect(document.openapi).toBe("3.1.0");
  });

  it("gives examples that are as it says", () => {
    const document = openApiDocument(options);
    const compile = closedSchemas(document);
    const bodies = bodiesOf(document);
    for (const { pointer, examples } of bodies) {
      const validate = compile(`${pointer}/schema`);
      expect(Object.keys(examples), pointer).not.toEqual([]);
      for (const { value } of Object.values(examples)) {
        validate(value);
        expect(validate.errors ?? [], JSON.stringify(value)).toEqual([]);
      }
    }
    expect(bodies.length).toBeGreaterThan(20);
  });

  it("names every operation once", () => {
    const operations = Object.values(openApiDocument(options).paths).flatMap(({ parameters: _, ...item }) =>
      Object.values(item),
    );
    const names = operations.map(({ operationId }) => operationId);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toHaveLength(10);
  });
});

describe("the description", () => {
  const answersOf = (document: OpenApiDocument, path: string, method: "get" | "post") =>
    Object.keys(document.paths[path]?.[method]?.responses ?? {});
  const codesOf = ({ components }: OpenApiDocument, name: string) =>
    Object.keys(components.responses[name]?.content?.["application/problem+json"]?.examples ?? {});

  it("has every code but that of a client who is gone, with the status of its error", () => {
    const document = openApiDocument({ rateLimit: { points: 1, durationInSeconds: 1 } });
    const described = Object.values(document.components.responses).flatMap(({ content }) =>
      Object.values(content?.["application/problem+json"]?.examples ?? {}).map(({ value }) => value),
    );
    const codes = document.components.schemas["Problem"]?.properties?.["code"]?.enum ?? [];
    const ofHttp = { not_found: 404, method_not_allowed: 405, rate_limited: 429, internal_error: 500, aborted: 499 };
    expect(codes).toContain("aborted");
    for (const code of codes.filter((code) => code !== "aborted")) {
      const status =
        Object.entries(ofHttp).find(([name]) => name === code)?.[1] ??
        new AcsAuthError(code as AcsAuthErrorCode, "").statusCode;
      expect(described).toContainEqual(expect.objectContaining({ code, status }));
    }
  });

  it("goes below the base path, and says where the server is", () => {
    const document = openApiDocument({ basePath: "/v1", openApi: { serverUrl: "/auth" } });
    expect(Object.keys(document.paths)).toEqual([
      "/v1/api/user",
      "/v1/api/token",
      "/v1/api/token/teams",
      "/v1/api/token/revoke",
      "/v1/exchange",
    ]);
    expect(document.servers).toEqual([{ url: "/auth" }]);
  });

  const choices: [name: string, options: Partial<AcsAuthHandlerOptions>, properties: object][] = [
    ["nothing by default", {}, {}],
    ["among the scopes of the options", { tokenScopes: ["chat"] }, { scopes: { items: { enum: ["chat"] } } }],
    [
      "up to the lifetime of the options",
      { tokenExpiresInMinutes: 90 },
      { expiresInMinutes: { minimum: 60, maximum: 90 } },
    ],
    [
      "anything where a hook decides",
      { authorize: () => true, tokenScopes: ["chat"], tokenExpiresInMinutes: 90 },
      { scopes: { items: { enum: [...TOKEN_SCOPES] } }, expiresInMinutes: { minimum: 60, maximum: 1440 } },
    ],
  ];

  it.each(choices)("lets clients choose %s", (_name, options, properties) => {
    const { TokenRequest } = openApiDocument(options).components.schemas;
    expect(TokenRequest?.properties).toMatchObject(properties);
    expect(Object.keys(TokenRequest?.properties ?? {})).toEqual(Object.keys(properties));
  });

  it("has 404 for a new token unless the identity is always created", () => {
    const has404 = (options: Partial<AcsAuthHandlerOptions>) =>
      answersOf(openApiDocument(options), "/api/token", "post").includes("404");
    expect(has404({})).toBe(true);
    expect(has404({ createOnToken: true })).toBe(false);
    expect(has404({ createOnToken: true, authorize: () => ({ createIfMissing: false }) })).toBe(true);
  });

  it("has the server's own limit of requests where there is one", () => {
    expect(codesOf(openApiDocument(), "TooManyRequests")).toEqual(["throttled"]);
    const document = openApiDocument({ rateLimit: { points: 1, durationInSeconds: 1 } });
    expect(codesOf(document, "TooManyRequests")).toEqual(["throttled", "rate_limited"]);
  });

  it("asks for access tokens, says where users sign in, and which scopes the exchange needs", () => {
    const authorizationUri = "https://login.microsoftonline.com/common/oauth2/v2.0/authorize";
    const { components, paths, security } = openApiDocument({ verifier, authorizationUri, exchangeScopes: ["calls"] });
    expect(security).toEqual([{ accessToken: [] }]);
    expect(components.securitySchemes).toMatchObject({ accessToken: { type: "http", scheme: "bearer" } });
    expect(components.securitySchemes?.["accessToken"]?.description).toContain(authorizationUri);
    expect(paths["/exchange"]?.post?.security).toEqual([{ accessToken: ["calls"] }]);
  });

  it("does not guess what a RequestAuthenticator takes", () => {
    const { components, paths, security } = openApiDocument({ verifier: authenticator, exchangeScopes: ["calls"] });
    expect([security, components.securitySchemes, paths["/exchange"]?.post?.security]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("is the caller's own to change", () => {
    const { components } = openApiDocument();
    for (const header of Object.values(components.headers)) header.description = "changed";
    expect(JSON.stringify(openApiDocument())).not.toContain("changed");
  });
});

interface Body {
  readonly pointer: string;
  readonly examples: Readonly<Record<string, { value: unknown }>>;
}

/** Every body in the document, by the JSON pointer to it. */
function bodiesOf(node: unknown, pointer = "#"): Body[] {
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([name, child]) => {
    const childPointer = `${pointer}/${name.replaceAll("/", "~1")}`;
    if (/^application\/(?:problem\+)?json$/.test(name)) return [{ pointer: childPointer, examples: child.examples }];
    return bodiesOf(child, childPointer);
  });
}
