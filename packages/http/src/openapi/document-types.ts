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

/** One answer of an operation. */
export interface OpenApiResponse {
  /** What the answer says. */
  description: string;
  /** By name. */
  headers: Record<string, OpenApiHeader | OpenApiReference>;
  /** By media type. Absent for an answer without a body. */
  content?: Record<string, OpenApiMediaType>;
}

/** A header of an answer. */
export interface OpenApiHeader {
  /** What the header says. */
  description: string;
  /** Whether it is in every answer or, of a request, must be there. Default: false. */
  required?: boolean;
  /** The form of its value. */
  schema: OpenApiSchema;
}

/** A header of a request. */
export interface OpenApiParameter extends OpenApiHeader {
  /** The name of the header, in any case. */
  name: string;
  /** The library has parameters of this kind only. */
  in: "header";
}

/** A body: its schema, and examples by name. */
export interface OpenApiMediaType {
  /** What every such body fits. */
  schema: OpenApiSchema | OpenApiReference;
  /** By name; those of problems are named by their codes. */
  examples: Record<
    string,
    {
      /** The body, as JSON is parsed. */
      value: unknown;
    }
  >;
}

/**
 * A JSON schema, as far as this library uses it.
 *
 * @see https://json-schema.org/draft/2020-12
 */
export type OpenApiSchema = {
  /** What the value is. */
  description?: string;
  /** All values that there are: codes, or the scopes that clients may choose from. */
  enum?: string[];
  /** The only value that there is. */
  const?: string | number;
  /** `date-time` for the end of a token's life. */
  format?: string;
  /** A regular expression (ECMA-262) that strings match. */
  pattern?: string;
  /** In characters. */
  minLength?: number;
  /** The least number: an HTTP status, or a lifetime in minutes. */
  minimum?: number;
  /** The greatest number: an HTTP status, or a lifetime in minutes. */
  maximum?: number;
  /** The members that every object has. Default: none. */
  required?: string[];
  /** The members of an object by name. */
  properties?: Record<string, OpenApiSchema>;
  /** `false` where an object with any other member is refused. */
  additionalProperties?: boolean;
  /** Schemas that the value fits besides: a problem, and the codes that it may have here. */
  allOf?: (OpenApiSchema | OpenApiReference)[];
} & (
  | {
      /** Absent where another member tells. */
      type?: "object" | "string" | "integer";
    }
  | {
      /** A list, as of scopes. */
      type: "array";
      /** What each item fits. */
      items: OpenApiSchema;
      /** How many items there are at least. Default: 0. */
      minItems?: number;
    }
);

/** A reference to one of the document's components. */
export interface OpenApiReference {
  /** `#/components/<kind>/<name>` */
  $ref: string;
}

/** The names of security schemes that an operation needs, each with the scopes needed. */
export type OpenApiSecurityRequirement = Record<string, string[]>;
