import type { OpenApiDocument } from "@acs-auth/http";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const ROOT = "https://api.contoso.com/openapi.json";

/** Compiles what a JSON pointer names in the document; objects may hold nothing but the members described. */
export function closedSchemas(document: OpenApiDocument): (pointer: string) => ValidateFunction {
  const ajv = new Ajv2020({ strict: false, validateSchema: false, allErrors: true });
  addFormats(ajv);
  ajv.addSchema(close(document), ROOT);
  return (pointer) => ajv.compile({ $ref: `${ROOT}${pointer}` });
}

function close<T>(value: T): T;
function close(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(close);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, close(member)]);
  const isObjectSchema = "type" in value && value.type === "object";
  return { ...Object.fromEntries(members), ...(isObjectSchema && { unevaluatedProperties: false }) };
}
