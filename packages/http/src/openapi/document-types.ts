import type {
  OpenApiHeader,
  OpenApiMediaType,
  OpenApiParameter,
  OpenApiReference,
  OpenApiResponse,
  OpenApiSchema,
} from "./component-types.js";

/**
 * An OpenAPI 3.1 document. It fits `OpenAPIV3_1.Document` of the package `openapi-types`.
 *
 * @see https://spec.openapis.org/oas/v3.1.0
 */
export interface OpenApiDocument {
  /** The version of the specification. */
  openapi: "3.1.0";
  /** About the API. */
  info: {
    /** The same for every handler. */
    title: string;
    /** What the API is for, and the form of its errors. */
    description: string;
    /** That of this package. */
    version: string;
  };
  /** Absent without `serverUrl`: where the document comes from. */
  servers?: {
    /** The `serverUrl` of the options: an origin, a path or both. */
    url: string;
  }[];
  /** What every operation needs that does not name its own. Absent where a `RequestAuthenticator` tells who calls. */
  security?: OpenApiSecurityRequirement[];
  /** By path, `basePath` included. */
  paths: Record<string, OpenApiPathItem>;
  /** What several places of the document refer to, by name. */
  components: {
    /** Bodies. */
    schemas: Record<string, OpenApiSchema>;
    /** Problems. */
    responses: Record<string, OpenApiResponse>;
    /** Those that every answer has. */
    headers: Record<string, OpenApiHeader>;
    /** Headers of requests. */
    parameters: Record<string, OpenApiParameter>;
    /** The one that is called `accessToken`. Absent where a `RequestAuthenticator` tells who calls. */
    securitySchemes?: Record<
      string,
      {
        /** A scheme of HTTP authentication. */
        type: "http";
        /** RFC 6750. */
        scheme: "bearer";
        /** Also says where users sign in, if `authorizationUri` is set. */
        description: string;
      }
    >;
  };
}

/** The operations of one path. */
export interface OpenApiPathItem {
  /** Those of every operation of the path. */
  parameters?: OpenApiReference[];
  /** Reads, or issues a token as the sample's clients ask for it. */
  get?: OpenApiOperation;
  /** As `get`, without a body. */
  head?: OpenApiOperation;
  /** Creates, issues, exchanges or revokes. */
  post?: OpenApiOperation;
  /** Deletes the identity. */
  delete?: OpenApiOperation;
}

/** One method of a path. */
export interface OpenApiOperation {
  /** Unique in the document: what generated clients call the operation. */
  operationId: string;
  /** One line. */
  summary: string;
  /** What the summary has no room for. */
  description?: string;
  /** In place of the document's: the scopes of `exchangeScopes`. */
  security?: OpenApiSecurityRequirement[];
  /** Besides those of the path. */
  parameters?: OpenApiReference[];
  /** Absent where the operation takes none. */
  requestBody?: {
    /** Whether the operation fails without one. */
    required: boolean;
    /** By media type: `application/json` only. */
    content: Record<string, OpenApiMediaType>;
  };
  /** By HTTP status. */
  responses: Record<string, OpenApiResponse | OpenApiReference>;
}

/** The names of security schemes that an operation needs, each with the scopes needed. */
export type OpenApiSecurityRequirement = Record<string, string[]>;
