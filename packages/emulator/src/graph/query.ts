import type { Context } from "hono";
import { badRequest, notEmulated } from "./graph-error.js";

/** The query options of `GET /users/{id}` that the emulator knows. */
export interface UserQuery {
  readonly select: readonly string[] | undefined;
  /** The extensions to expand: all of them, or the one with this id. */
  readonly expand: { readonly id: string | undefined } | undefined;
}

/** @throws GraphError if an option cannot be parsed or is not emulated. */
export function readUserQuery(c: Context): UserQuery {
  const { $select, $expand } = readOptions(c, ["$select", "$expand"]);
  return {
    select: $select?.split(",").map((name) => name.trim()),
    expand: $expand === undefined ? undefined : parseExpand($expand),
  };
}

/** @throws GraphError for every query option of OData, since no use of one with extensions is known. */
export function refuseQueryOptions(c: Context): void {
  readOptions(c, []);
}

function readOptions(c: Context, known: readonly string[]): Readonly<Record<string, string>> {
  const query = c.req.query();
  const unknown = Object.keys(query).find((name) => name.startsWith("$") && !known.includes(name));
  if (unknown !== undefined) throw notEmulated(`The emulator does not know the query option '${unknown}' here.`);
  return query;
}

/** `extensions` or `extensions($filter=id eq '{id}')`. */
function parseExpand(expand: string): { readonly id: string | undefined } {
  const match = /^extensions(?:\(\$filter=id eq '((?:[^']|'')*)'\))?$/.exec(expand.trim());
  if (!match) throw badRequest("Parsing OData Select and Expand failed: the emulator expands 'extensions' only.");
  return { id: match[1]?.replaceAll("''", "'") };
}
