import { AcsAuthError } from "@acs-auth/core";
import type { ApplicationCaller } from "../access/graph-access.js";
import { isGuid } from "../user.js";
import { graphError } from "./graph-error.js";
import { GraphFailure } from "./graph-failure.js";
import type { GraphRequests } from "./graph-requests.js";

/** Some of the tenant's users. */
export interface UserPage {
  readonly objectIds: readonly string[];
  /** The query of the next page; `undefined` on the last one. */
  readonly next: string | undefined;
}

/** The query of the first page of users. */
export function firstPage(size: number): string {
  return `$select=id&$top=${size}`;
}

/**
 * Whether this can be the query of a page that follows another. Graph's client takes a path with `https://` anywhere in
 * it for an address of its own.
 */
export function isNextPage(query: string): boolean {
  return /^[\x21-\x7e]+$/.test(query) && !/#|:\/\//.test(query) && new URLSearchParams(query).has("$skiptoken");
}

/**
 * The users of the application's tenant. Of a next link only the query is used, whole, as the documentation asks for: it
 * cannot lead anywhere else.
 *
 * @see https://learn.microsoft.com/graph/api/user-list
 * @see https://learn.microsoft.com/graph/paging
 */
export class DirectoryUsers {
  readonly #requests: GraphRequests<ApplicationCaller>;

  constructor(requests: GraphRequests<ApplicationCaller>) {
    this.#requests = requests;
  }

  async page(caller: ApplicationCaller, query: string): Promise<UserPage> {
    try {
      return readPage(await this.#requests.send(caller, { method: "GET", path: `/users?${query}` }));
    } catch (error) {
      throw error instanceof GraphFailure ? listError(error) : error;
    }
  }
}

function readPage(content: unknown): UserPage {
  const { value, "@odata.nextLink": nextLink }: { value?: unknown; "@odata.nextLink"?: unknown } = Object(content);
  const next = nextLink === undefined ? undefined : queryOf(nextLink);
  if (!Array.isArray(value) || next === "") throw unintelligible();
  return { objectIds: value.map(objectIdOf), next };
}

/** Empty for what is no link to a page of users. */
function queryOf(link: unknown): string {
  const url = typeof link === "string" && URL.canParse(link) ? new URL(link) : undefined;
  const query = url?.pathname.endsWith("/users") ? url.search.slice(1) : "";
  return isNextPage(query) ? query : "";
}

function objectIdOf(user: unknown): string {
  const { id }: { id?: unknown } = Object(user);
  if (!isGuid(id)) throw unintelligible();
  return id.toLowerCase();
}

function listError(failure: GraphFailure): AcsAuthError {
  if (failure.code !== "Directory_ExpiredPageToken") return graphError(failure, "application");
  return new AcsAuthError(
    "store_denied",
    "Microsoft Graph no longer knows where to continue. List from the beginning.",
    {
      reason: "continuation_token_expired",
      cause: failure,
    },
  );
}

function unintelligible(): AcsAuthError {
  return new AcsAuthError("store_unavailable", "Microsoft Graph answered with something that is no list of users.");
}
