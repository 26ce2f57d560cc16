import type { IncomingHttpHeaders } from "node:http";

export type Operation =
  | "read account"
  | "read database"
  | "create database"
  | "read container"
  | "create container"
  | "read item"
  | "create item"
  | "delete item"
  | "list items"
  | "something else";

/** A request as it arrived. */
export interface CosmosRequest {
  readonly operation: Operation;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const OPERATIONS: readonly [method: string, path: RegExp, operation: Operation][] = [
  ["GET", /^\/$/, "read account"],
  ["GET", /^\/dbs\/[^/]+$/, "read database"],
  ["POST", /^\/dbs$/, "create database"],
  ["GET", /^\/dbs\/[^/]+\/colls\/[^/]+$/, "read container"],
  ["POST", /^\/dbs\/[^/]+\/colls$/, "create container"],
  ["GET", /^\/dbs\/[^/]+\/colls\/[^/]+\/docs\/[^/]+$/, "read item"],
  ["POST", /^\/dbs\/[^/]+\/colls\/[^/]+\/docs$/, "create item"],
  ["DELETE", /^\/dbs\/[^/]+\/colls\/[^/]+\/docs\/[^/]+$/, "delete item"],
];

/** Headers that make something else of a POST. */
const NOT_A_CREATION = [
  "x-ms-documentdb-isquery",
  "x-ms-cosmos-is-query-plan-request",
  "x-ms-documentdb-is-upsert",
  "x-ms-cosmos-is-batch-request",
];

/** @see https://learn.microsoft.com/rest/api/cosmos-db/ */
export function operationOf(method: string, url: string, headers: IncomingHttpHeaders): Operation {
  const isCreation =
    headers["content-type"] !== "application/query+json" && NOT_A_CREATION.every((name) => headers[name] === undefined);
  const isQuery = headers["x-ms-documentdb-isquery"] === "true";
  if (method === "POST" && !isCreation) return isQuery && /\/docs\/?$/.test(url) ? "list items" : "something else";
  const path = url.replace(/^\/+/, "/").replace(/(.)\/$/, "$1");
  const found = OPERATIONS.find(([verb, pattern]) => verb === method && pattern.test(path));
  return found?.[2] ?? "something else";
}
