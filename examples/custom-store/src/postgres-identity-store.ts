import { createHash } from "node:crypto";
import {
  AcsAuthError,
  type IdentityMapping,
  type IdentityStore,
  type IdentityStoreOptions,
  type InsertResult,
  safeCause,
  type UserKey,
} from "@acs-auth/core";
import type { Pool } from "pg";

/** The one table. The primary key is what keeps a second mapping of a user out. */
export const CREATE_TABLE = `
  CREATE TABLE IF NOT EXISTS acs_identities (
    user_key              text PRIMARY KEY,
    user_id               text NOT NULL,
    communication_user_id text NOT NULL,
    created_on            timestamptz NOT NULL
  )`;

const INSERT = `
  INSERT INTO acs_identities (user_key, user_id, communication_user_id, created_on)
  VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING communication_user_id, created_on`;
const SELECT = `
  SELECT communication_user_id, created_on FROM acs_identities WHERE user_key = $1`;
const DELETE = `
  DELETE FROM acs_identities WHERE user_key = $1 AND communication_user_id = $2
  RETURNING communication_user_id, created_on`;

/** SQLSTATE classes of refusals: invalid data, violated constraint, failed authentication, missing table or privilege. */
const REFUSALS = ["22", "23", "28", "42"];

/** How often to look again for a mapping that is in the way of an insertion and then is not to be found. */
const MAX_ROUNDS = 5;

interface Row {
  readonly communication_user_id: string;
  readonly created_on: Date;
}

/** Keeps mappings in a table of PostgreSQL. The pool must lead to the primary server, and has its own timeouts. */
export class PostgresIdentityStore implements IdentityStore {
  readonly name = "postgres";
  readonly capabilities = { insert: "shared", conditionalRemove: true, list: false } as const;
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
    // The pool replaces an idle connection that breaks; without a listener, Node would end the process.
    pool.on("error", () => {});
  }

  async get(user: UserKey, options?: IdentityStoreOptions): Promise<IdentityMapping | undefined> {
    const [row] = await this.#query(SELECT, [keyOf(user)], options);
    return row && toMapping(user, row);
  }

  async insertIfAbsent(mapping: IdentityMapping, options?: IdentityStoreOptions): Promise<InsertResult> {
    const { user, communicationUserId, createdOn } = mapping;
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const [row] = await this.#query(INSERT, [keyOf(user), textOf(user), communicationUserId, createdOn], options);
      if (row) return { inserted: true, mapping: toMapping(user, row) };
      const existing = await this.get(user, options);
      if (existing) return { inserted: false, mapping: existing };
    }
    throw new AcsAuthError("store_unavailable", "The user's mapping comes and goes.");
  }

  async removeIfMatches(user: UserKey, communicationUserId: string, options?: IdentityStoreOptions): Promise<boolean> {
    const removed = await this.#query(DELETE, [keyOf(user), communicationUserId], options);
    return removed.length === 1;
  }

  async #query(sql: string, values: unknown[], options: IdentityStoreOptions = {}): Promise<Row[]> {
    try {
      const { rows } = await untilAborted(options.abortSignal, () => this.#pool.query<Row>(sql, values));
      return rows;
    } catch (error) {
      if (error instanceof Error && error.name === "AbortError") throw error;
      throw toAcsAuthError(error);
    }
  }
}

/** A digest, as the ids of other OpenID providers are longer than an index takes and hold more than a text can. */
function keyOf(user: UserKey): string {
  return createHash("sha256").update(textOf(user)).digest("hex");
}

/** The user for people and reports. Distinct for distinct users, as JSON escapes what is no valid Unicode. */
function textOf({ tenantId, objectId }: UserKey): string {
  return JSON.stringify([tenantId, objectId]);
}

function toMapping({ tenantId, objectId }: UserKey, row: Row): IdentityMapping {
  return { user: { tenantId, objectId }, communicationUserId: row.communication_user_id, createdOn: row.created_on };
}

/** `store_denied` says that nothing was written, so it is only for what PostgreSQL itself refused. */
function toAcsAuthError(error: unknown): AcsAuthError {
  const sqlState = error instanceof Error && "code" in error ? String(error.code) : "";
  const options = { cause: safeCause(error) };
  return REFUSALS.includes(sqlState.slice(0, 2))
    ? new AcsAuthError("store_denied", `PostgreSQL refused a query: ${sqlState}.`, options)
    : new AcsAuthError("store_unavailable", "PostgreSQL did not answer a query.", options);
}

/** Stops waiting when the signal fires; a query under way goes on. */
async function untilAborted<T>(signal: IdentityStoreOptions["abortSignal"], query: () => Promise<T>): Promise<T> {
  const abortError = () => new DOMException("The call was aborted by its abortSignal.", "AbortError");
  if (signal?.aborted) throw abortError();
  return new Promise((resolve, reject) => {
    const abort = () => reject(abortError());
    signal?.addEventListener("abort", abort);
    query()
      .then(resolve, reject)
      .finally(() => signal?.removeEventListener("abort", abort));
  });
}
