import type {
  IdentityMapping,
  IdentityStoreOptions,
  InsertResult,
  ListMappingsOptions,
  MappingPage,
} from "@acs-auth/core";
import { HttpIdentityStore } from "./http-identity-store.js";

/** Takes a failure for the end. */
export class QuietlyEndingListStore extends HttpIdentityStore {
  protected override async list(...args: Parameters<HttpIdentityStore["list"]>): Promise<MappingPage> {
    return super.list(...args).catch((error: Error) => {
      if (error.name === "AbortError" || error.name === "TypeError") throw error;
      return { mappings: [], unreadable: [], continuationToken: undefined };
    });
  }
}

/** Gives no page that no other follows. */
export class LastPageDroppingStore extends HttpIdentityStore {
  override async *listMappings(options?: ListMappingsOptions): AsyncGenerator<MappingPage> {
    for await (const page of super.listMappings(options)) if (page.continuationToken !== undefined) yield page;
  }
}

/** Continues one mapping too late. */
export class ItemDroppingOnResumeStore extends HttpIdentityStore {
  override async *listMappings(options: ListMappingsOptions = {}): AsyncGenerator<MappingPage> {
    let dropped = options.continuationToken === undefined;
    for await (const page of super.listMappings(options)) {
      yield dropped ? page : { ...page, mappings: page.mappings.slice(1) };
      dropped = true;
    }
  }
}

/** Counts positions, which shift when a mapping is removed. */
export class PositionCountingStore extends HttpIdentityStore {
  override async *listMappings(options: ListMappingsOptions = {}): AsyncGenerator<MappingPage> {
    const { maxPageSize = 1_000, continuationToken = "0" } = options;
    for (let position = Number(continuationToken); ; position += maxPageSize) {
      const { mappings } = await this.list(options, 1_000);
      const isLast = position + maxPageSize >= mappings.length;
      const page = mappings.slice(position, position + maxPageSize);
      yield { mappings: page, unreadable: [], continuationToken: isLast ? undefined : `${position + maxPageSize}` };
      if (isLast) return;
    }
  }
}

/** Lists once, and gives the same objects ever after. */
export class SharedListStore extends HttpIdentityStore {
  readonly #pages: MappingPage[] = [];

  override async *listMappings(options?: ListMappingsOptions): AsyncGenerator<MappingPage> {
    if (this.#pages.length === 0) for await (const page of super.listMappings(options)) this.#pages.push(page);
    yield* this.#pages;
  }
}

/** Puts on a page as much as it likes. */
export class LargePageStore extends HttpIdentityStore {
  protected override list(options: ListMappingsOptions, _limit: number, after?: string): Promise<MappingPage> {
    return super.list(options, 1_000, after);
  }
}

/** Declares a listing that it has not. */
export class ListlessStore extends HttpIdentityStore {
  constructor(url: string) {
    super(url);
    Object.assign(this, { listMappings: undefined });
  }
}

/** Gives mappings that were removed, too. */
export class RememberingListStore extends HttpIdentityStore {
  readonly #inserted: IdentityMapping[] = [];

  override async insertIfAbsent(mapping: IdentityMapping, options?: IdentityStoreOptions): Promise<InsertResult> {
    this.#inserted.push(mapping);
    return super.insertIfAbsent(mapping, options);
  }

  protected override async list(...args: Parameters<HttpIdentityStore["list"]>): Promise<MappingPage> {
    const page = await super.list(...args);
    return { ...page, mappings: [...page.mappings, ...this.#inserted] };
  }
}
