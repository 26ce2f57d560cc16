import type { OpenAPIV3_1 } from "openapi-types";
import { version } from "../../package.json";
import { type AcsAuthHandlerOptions, checkSettings } from "../options.js";
import type { OpenApiDocument } from "./document-types.js";
import { HEADERS, PARAMETERS } from "./headers.js";
import { openApiSettings } from "./openapi-options.js";
import { describeRoutes, isRequestAuthenticator } from "./paths.js";
import { problemResponses } from "./problem-responses.js";
import { reference } from "./references.js";
import { schemas } from "./schemas.js";

/**
 * Describes the routes of a handler with these options: what each takes, and everything it answers. Preflights and other
 * `OPTIONS` requests are left out. An `authorize` hook that throws errors of its own choice may add to the answers.
 *
 * @param options - the handler's options; none are needed. The description depends on `authorize`, `authorizationUri`,
 * `basePath`, `createOnToken`, `exchangeScopes`, `openApi`, `rateLimit`, `tokenExpiresInMinutes`, `tokenScopes` and on
 * the kind of `verifier`.
 * @returns a new object with each call.
 * @throws TypeError for an impossible option; the message names it.
 * @see https://spec.openapis.org/oas/v3.1.0
 *
 * @example
 * ```ts
 * await writeFile("openapi.json", JSON.stringify(openApiDocument({ tokenScopes: ["chat", "voip"] }), null, 2));
 * ```
 */
export function openApiDocument(options: Partial<AcsAuthHandlerOptions> = {}): OpenApiDocument {
  checkSettings(options);
  const { authorizationUri, basePath = "", openApi } = options;
  const { serverUrl } = openApiSettings(openApi) ?? {};
  const takesBearerTokens = !isRequestAuthenticator(options);
  const parameters = [reference("parameters", "RequestId")];
  const document = {
    openapi: "3.1.0",
    info: {
      title: "Azure Communication Services identities and tokens",
      description:
        "Gives signed-in users their identities at Azure Communication Services (ACS) and tokens for them. Every error " +
        "is a problem (RFC 9457) with a stable `code`.",
      version,
    },
    ...(serverUrl === undefined ? {} : { servers: [{ url: serverUrl }] }),
    paths: Object.fromEntries(
      Object.entries(describeRoutes(options)).map(([path, operations]) => [
        basePath + path,
        { parameters, ...operations },
      ]),
    ),
    components: {
      schemas: schemas(options),
      responses: problemResponses(options),
      headers: HEADERS,
      parameters: PARAMETERS,
      ...(takesBearerTokens && { securitySchemes: { accessToken: bearerScheme(authorizationUri) } }),
    },
    ...(takesBearerTokens && { security: [{ accessToken: [] }] }),
  } satisfies OpenAPIV3_1.Document & OpenApiDocument;
  return structuredClone(document);
}

function bearerScheme(authorizationUri: string | undefined) {
  const where = authorizationUri === undefined ? "" : ` Users sign in at ${authorizationUri}.`;
  return { type: "http", scheme: "bearer", description: `A user's access token for this API.${where}` } as const;
}
