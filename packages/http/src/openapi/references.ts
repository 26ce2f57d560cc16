import type { OpenApiReference } from "./component-types.js";
import type { OpenApiDocument } from "./document-types.js";

/** Refers to a part of the document that several places share. */
export function reference(kind: keyof OpenApiDocument["components"], name: string): OpenApiReference {
  return { $ref: `#/components/${kind}/${name}` };
}
