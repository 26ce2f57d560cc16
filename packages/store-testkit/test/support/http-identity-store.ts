import {
  AcsAuthError,
  type IdentityMapping,
  type IdentityStoreCapabilities,
  type IdentityStoreOptions,
  type InsertResult,
  type ListableIdentityStore,
  type ListMappingsOptions,
  type MappingPage,
  safeCause,
  type UserKey,
} from "@acs-auth/core";

interface Request {
  readonly method: "GET" | "PUT" | "DELETE";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What the server answered. */
export interface Answer {
  readonly status: number;
  readonly eTag: string;
  readonly body: string;
}

const INSERT_ATTEMPTS = 3;

/** A correct store over the server of `key-value-server.ts`. The controls spoil one promise of it each. */
export class HttpIdentityStore implements ListableIdentityStore {
  readonly name = "http";
  readonly capabilities: IdentityStoreCapabilities = { insert: "shared", conditionalRemove: true, list: true };
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  async get(user: UserKey, options?: IdentityStoreOptions): Promise<IdentityMapping | undefined> {
    return (await this.read(user, options))?.mapping;
  }

  async insertIfAbsent(mapping: IdentityMapping, options?: IdentityStoreOptions): Promise<InsertResult> {
    for (let attempt = 1; attempt <= INSERT_ATTEMPTS; attempt++) {
      if (await this.create(mapping, options)) return { inserted: true, mapping: structuredClone(mapping) };
      const existing = await this.get(mapping.user, options);
      if (existing)
        return { inserted: existing.communicationUserId === mapping.communicationUserId, mapping: existing };
    }
    throw new AcsAuthError("store_unavailable", "The mapping comes and goes.");
  }

  async removeIfMatches(user: UserKey, communicationUserId: string, options?: IdentityStoreOptions): Promise<boolean> {
    const found = await this.read(user, options);
    if (found?.mapping.communicationUserId !== communicationUserId) return false;
    return this.delete(user, options, { "If-Match": found.eTag });
  }

  async *listMappings(options: ListMappingsOptions = {}): AsyncGenerator<MappingPage> {
    const { maxPageSize = 1_000, ...rest } = options;
    if (!Number.isInteger(maxPageSize) || maxPageSize < 1) throw new TypeError("maxPageSize must be positive.");
    let { continuationToken } = rest;
    do {
      const page = await this.list(options, maxPageSize, continuationToken);
      yield page;
      continuationToken = page.continuationToken;
    } while (continuationToken !== undefined);
  }

  /** Tokens are the last key of their page. */
  protected async list(options: ListMappingsOptions, limit: number, after = ""): Promise<MappingPage> {
    if (!/^(?:[\da-f]{2})*$/.test(after)) throw new TypeError("continuationToken must be one of this store's.");
    const { body } = await this.request(`?after=${after}&limit=${limit}`, options, { method: "GET" });
    const { items, isLast }: { items: { key: string; body: string }[]; isLast: boolean } = JSON.parse(body);
    const mappings = items.map((item): IdentityMapping => {
      const { communicationUserId, createdOn } = JSON.parse(item.body);
      return { user: userOf(item.key), communicationUserId, createdOn: new Date(createdOn) };
    });
    return { mappings, unreadable: [], continuationToken: isLast ? undefined : items.at(-1)?.key };
  }

  protected async read(
    user: UserKey,
    options: IdentityStoreOptions | undefined,
  ): Promise<{ readonly mapping: IdentityMapping; readonly eTag: string } | undefined> {
    const { status, eTag, body } = await this.send(user, options, { method: "GET" });
    if (status === 404) return undefined;
    const { communicationUserId, createdOn } = JSON.parse(body);
    return { mapping: { user: { ...user }, communicationUserId, createdOn: new Date(createdOn) }, eTag };
  }

  /** False if there was a mapping already. */
  protected async create(
    mapping: IdentityMapping,
    options: IdentityStoreOptions | undefined,
    headers: Readonly<Record<string, string>> = { "If-None-Match": "*" },
  ): Promise<boolean> {
    const { user, ...content } = mapping;
    return (await this.send(user, options, { method: "PUT", headers, body: JSON.stringify(content) })).status === 201;
  }

  /** False if there was nothing to delete, or something else. */
  protected async delete(
    user: UserKey,
    options: IdentityStoreOptions | undefined,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<boolean> {
    return (await this.send(user, options, { method: "DELETE", headers })).status === 204;
  }

  protected async send(user: UserKey, options: IdentityStoreOptions | undefined, request: Request): Promise<Answer> {
    return this.request(this.keyOf(user), options, request);
  }

  protected async request(path: string, options: IdentityStoreOptions | undefined, request: Request): Promise<Answer> {
    const signal = options?.abortSignal as AbortSignal | undefined;
    try {
      const response = await fetch(`${this.#url}/${path}`, { ...request, signal: signal ?? null });
      return { status: response.status, eTag: response.headers.get("ETag") ?? "", body: await response.text() };
    } catch (error) {
      if (signal?.aborted) throw new DOMException("The call was aborted.", "AbortError");
      throw new AcsAuthError("store_unavailable", "The server did not answer.", { cause: safeCause(error) });
    }
  }

  protected keyOf(user: UserKey): string {
    return keyOf(user);
  }
}

/** Distinct for distinct users: JSON escapes what UTF-8 cannot hold. */
export function keyOf({ tenantId, objectId }: UserKey): string {
  return Buffer.from(JSON.stringify([tenantId, objectId])).toString("hex");
}

function userOf(key: string): UserKey {
  const [tenantId, objectId] = JSON.parse(Buffer.from(key, "hex").toString());
  return { tenantId, objectId };
}
