import type { Context } from "hono";

interface KindTypes {
  readonly text: string;
  readonly texts: readonly string[];
  readonly number: number;
  readonly flag: boolean;
  readonly object: Readonly<Record<string, unknown>>;
}

/** What a member holds: something of a kind, or one of the listed values. */
type Kind = keyof KindTypes | readonly (string | number)[];
type TypeOf<K extends Kind> = K extends keyof KindTypes
  ? KindTypes[K]
  : K extends readonly (infer Value)[]
    ? Value
    : never;
type Schema = Readonly<Record<string, Kind>>;
type Body<S extends Schema, Required extends keyof S> = { readonly [Name in keyof S]?: TypeOf<S[Name]> } & {
  readonly [Name in Required]: TypeOf<S[Name]>;
};

const isObject = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value: unknown) => typeof value === "string";

const checks: Readonly<Record<keyof KindTypes, (value: unknown) => boolean>> = {
  text: isText,
  texts: (value) => Array.isArray(value) && value.every(isText),
  number: (value) => typeof value === "number",
  flag: (value) => typeof value === "boolean",
  object: isObject,
};
const names: Readonly<Record<keyof KindTypes, string>> = {
  text: "a text",
  texts: "a list of texts",
  number: "a number",
  flag: "true or false",
  object: "an object",
};

/** The JSON object in the body; an empty body is an empty object. @throws TypeError if it is something else. */
export async function readObject(c: Context): Promise<Record<string, unknown>> {
  const text = await c.req.text();
  const body = text === "" ? {} : parse(text);
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new TypeError("The body must be a JSON object.");
  }
  return { ...body };
}

/** The body, after checking it against a schema. @throws TypeError that names the member which does not fit. */
export async function readBody<const S extends Schema, Required extends keyof S & string = never>(
  c: Context,
  schema: S,
  required: readonly Required[] = [],
): Promise<Body<S, Required>> {
  const body = await readObject(c);
  for (const [name, value] of Object.entries(body)) {
    const kind = Object.hasOwn(schema, name) ? schema[name] : undefined;
    if (kind === undefined) {
      throw new TypeError(`There is no member "${name}". There are: ${Object.keys(schema).join(", ")}.`);
    }
    const fits = typeof kind === "string" ? checks[kind](value) : kind.some((allowed) => allowed === value);
    if (!fits) throw new TypeError(`"${name}" must be ${typeof kind === "string" ? names[kind] : kind.join(" or ")}.`);
  }
  for (const name of required) if (!(name in body)) throw new TypeError(`The body needs "${name}".`);
  return body as Body<S, Required>;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
