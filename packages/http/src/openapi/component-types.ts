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
