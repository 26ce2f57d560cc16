import type { Context } from "hono";
import type { ExtensionProperties } from "./extensions.js";
import { badRequest } from "./graph-error.js";
import type { UnknownGraphBehaviour } from "./options.js";

const extensionType = "microsoft.graph.openTypeExtension";
const abstractType = "microsoft.graph.extension";

export interface ExtensionBody {
  /** Without the `#` it may start with. */
  readonly type: string | undefined;
  /** All members but `id`, which is read-only, and OData annotations. */
  readonly properties: ExtensionProperties;
}

/** @throws GraphError unless the body is JSON for an open extension with values of allowed types. */
export async function readExtensionBody(
  c: Context,
  { nestedObjects }: Required<UnknownGraphBehaviour>,
): Promise<ExtensionBody> {
  const { id, "@odata.type": declared, ...members } = await readObject(c);
  const type = declared === undefined ? undefined : String(declared).replace(/^#/, "");
  if (type === abstractType) throw abstractTypeRefused();
  if (type !== undefined && type !== extensionType) {
    throw badRequest(`A type named '${type}' could not be resolved by the model.`);
  }
  const properties = Object.fromEntries(Object.entries(members).filter(([name]) => !name.includes("@")));
  const refused = Object.entries(properties).find(([, value]) => !nestedObjects && !isFlat(value));
  if (refused) throw badRequest(`Property '${refused[0]}' must be a primitive value or an array of them.`);
  return { type, properties };
}

/** @throws GraphError unless there is a name. */
export function nameOf(properties: ExtensionProperties): string {
  const name = properties["extensionName"];
  if (typeof name !== "string" || name === "") throw badRequest("Property 'extensionName' is required.");
  return name;
}

export function abstractTypeRefused() {
  return badRequest(`Cannot process input of abstract type '${abstractType}'`);
}

async function readObject(c: Context): Promise<Readonly<Record<string, unknown>>> {
  try {
    const body: unknown = JSON.parse(await c.req.text());
    if (typeof body === "object" && body !== null && !Array.isArray(body)) return { ...body };
  } catch {
    // Not JSON: refused like JSON that is not an object.
  }
  throw badRequest(
    "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.",
  );
}

function isFlat(value: unknown): boolean {
  return isPrimitive(value) || (Array.isArray(value) && value.every(isPrimitive));
}

function isPrimitive(value: unknown): boolean {
  return value === null || typeof value !== "object";
}
