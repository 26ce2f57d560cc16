import type { Context } from "hono";
import { badRequest, invalidPageSize, notEmulated } from "./graph-error.js";

const DEFAULT_PAGE_SIZE = 100;
const MAX_PAGE_SIZE = 999;

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
    select: parseSelect($select),
    expand: $expand === undefined ? undefined : parseExpand($expand),
  };
}

/** The query options of `GET /users` that the emulator knows. */
export interface UserListQuery {
  readonly select: readonly string[] | undefined;
  /** Users to a page. */
  readonly top: number;
  readonly skipToken: string | undefined;
}

/** @throws GraphError if an option cannot be parsed or is not emulated. */
export function readUserListQuery(c: Context): UserListQuery {
  const { $select, $top, $skiptoken: skipToken } = readOptions(c, ["$select", "$top", "$skiptoken"]);
  const top = $top === undefined ? DEFAULT_PAGE_SIZE : Number($top);
  if ($top !== undefined && !(Number.isInteger(top) && top >= 1 && top <= MAX_PAGE_SIZE)) throw invalidPageSize($top);
  return { select: parseSelect($select), top, skipToken };
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

function parseSelect(select: string | undefined): readonly string[] | undefined {
  return select?.split(",").map((name) => name.trim());
}

/** `extensions` or `extensions($filter=id eq '{id}')`. */
function parseExpand(expand: string): { readonly id: string | undefined } {
  const match = /^extensions(?:\(\$filter=id eq '((?:[^']|'')*)'\))?$/.exec(expand.trim());
  if (!match) throw badRequest("Parsing OData Select and Expand failed: the emulator expands 'extensions' only.");
  return { id: match[1]?.replaceAll("''", "'") };
}
