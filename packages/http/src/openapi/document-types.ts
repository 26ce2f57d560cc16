/**
 * An OpenAPI 3.1 document. It fits `OpenAPIV3_1.Document` of the package `openapi-types`.
 *
 * @see https://spec.openapis.org/oas/v3.1.0
 */
export interface OpenApiDocument {
  openapi: "3.1.0";
  info: { title: string; description: string; version: string };
  servers?: { url: string }[];
  security?: OpenApiSecurityRequirement[];
  paths: Record<string, OpenApiPathItem>;
  components: {
    schemas: Record<string, OpenApiSchema>;
    responses: Record<string, OpenApiResponse>;
    headers: Record<string, OpenApiHeader>;
    parameters: Record<string, OpenApiParameter>;
    securitySchemes?: Record<string, { type: "http"; scheme: "bearer"; description: string }>;
  };
}

/** The operations of one path. */
export interface OpenApiPathItem {
  parameters?: OpenApiReference[];
  get?: OpenApiOperation;
  head?: OpenApiOperation;
  post?: OpenApiOperation;
  delete?: OpenApiOperation;
}

/** One method of a path. */
export interface OpenApiOperation {
  operationId: string;
  summary: string;
  description?: string;
  security?: OpenApiSecurityRequirement[];
  parameters?: OpenApiReference[];
  requestBody?: { required: boolean; content: Record<string, OpenApiMediaType> };
  responses: Record<string, OpenApiResponse | OpenApiReference>;
}

/** One answer of an operation. */
export interface OpenApiResponse {
  description: string;
  headers: Record<string, OpenApiHeader | OpenApiReference>;
  content?: Record<string, OpenApiMediaType>;
}

/** A header of an answer. */
export interface OpenApiHeader {
  description: string;
  required?: boolean;
  schema: OpenApiSchema;
}

/** A header of a request. */
export interface OpenApiParameter extends OpenApiHeader {
  name: string;
  in: "header";
}

/** A body: its schema, and examples by name. */
export interface OpenApiMediaType {
  schema: OpenApiSchema | OpenApiReference;
  examples: Record<string, { value: unknown }>;
}

/** A JSON schema, as far as this library uses it. */
export type OpenApiSchema = {
  description?: string;
  enum?: string[];
  const?: string | number;
  format?: string;
  pattern?: string;
  minLength?: number;
  minimum?: number;
  maximum?: number;
  required?: string[];
  properties?: Record<string, OpenApiSchema>;
  additionalProperties?: boolean;
  allOf?: (OpenApiSchema | OpenApiReference)[];
} & ({ type?: "object" | "string" | "integer" } | { type: "array"; items: OpenApiSchema; minItems?: number });

/** A reference to one of the document's components. */
export interface OpenApiReference {
  $ref: string;
}

/** The names of security schemes that an operation needs, each with the scopes needed. */
export type OpenApiSecurityRequirement = Record<string, string[]>;
