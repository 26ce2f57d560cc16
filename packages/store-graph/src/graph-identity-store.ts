import {
  AcsAuthError,
  type IdentityMapping,
  type IdentityStoreCapabilities,
  type IdentityStoreOptions,
  type InsertResult,
  type ListableIdentityStore,
  type ListMappingsOptions,
  type MappingPage,
  type UserKey,
} from "@acs-auth/core";
import { withAbortSignal } from "./abort.js";
import type { ApplicationCaller, Caller } from "./access/graph-access.js";
import { Adoption } from "./adoption.js";
import { DirectoryUsers } from "./graph/directory-users.js";
import { Extensions } from "./graph/extensions.js";
import { limitError } from "./graph/graph-error.js";
import { GraphFailure } from "./graph/graph-failure.js";
import { GraphRequests } from "./graph/graph-requests.js";
import { GraphTransport } from "./graph/graph-transport.js";
import { MappingListing } from "./listing.js";
import type { MappingCodec, MappingContent } from "./mapping/mapping-codec.js";
import { checkStoreOptions, type GraphIdentityStoreOptions } from "./options.js";
import { sleep } from "./retry.js";
import { entraUser } from "./user.js";

/** How long to wait before each reading of an extension that Graph says exists: 2.7 s in all. */
const REPLICATION_WAITS_IN_MS = [0, 100, 200, 400, 800, 1_200];

/**
 * Keeps each user's mapping in an open extension on the user, in Microsoft Graph: no database besides the directory.
 *
 * Users can rewrite their own extensions, so every mapping is signed with a key of this server, for its user, and one
 * that does not verify is refused: `mapping_tampered` or `mapping_unsigned`, never followed, overwritten or deleted.
 *
 * Beyond those, methods reject with `claims_challenge`, `interaction_required`, `consent_required`, `invalid_token`
 * (reason `assertion_rejected`), `provider_denied` and `provider_unavailable` where no token for Graph is to be had; with
 * `throttled`, `store_unavailable` and `store_denied` where Graph fails; with `TypeError` for a user who is not of
 * Entra ID, or with `onBehalfOf` for a missing or foreign `userAssertion`.
 *
 * @see https://learn.microsoft.com/graph/extensibility-open-users
 */
export class GraphIdentityStore implements ListableIdentityStore {
  readonly name = "graph";
  /**
   * Graph documents neither atomicity nor reading one's own writes for extensions, and has no conditional deletion. Only
   * with `appOnly` and its `tenantId` can mappings be listed.
   */
  readonly capabilities: IdentityStoreCapabilities;
  readonly #codec: MappingCodec;
  readonly #extensionName: string;
  readonly #extensions: Extensions;
  readonly #adoption: Adoption | undefined;
  readonly #listing: MappingListing | undefined;

  /** @throws TypeError for a missing or impossible option; the message names it. */
  constructor(options: GraphIdentityStoreOptions) {
    const checked = checkStoreOptions(options);
    const { access, adoptUnsignedMappings, cloud, codec, extensionName } = checked;
    const transport = new GraphTransport(checked);
    this.#codec = codec;
    this.#extensionName = extensionName;
    if (access.mode === "application") {
      const requests = new GraphRequests<ApplicationCaller>(transport, access.open(cloud), access.mode);
      const extensions = new Extensions(requests, access.mode);
      const { tenantId } = access;
      const users = new DirectoryUsers(requests);
      this.#listing = tenantId ? new MappingListing({ tenantId, users, extensions, extensionName, codec }) : undefined;
      this.#extensions = extensions;
    } else {
      this.#extensions = new Extensions(new GraphRequests(transport, access.open(cloud), access.mode), access.mode);
    }
    this.capabilities = { insert: "best-effort", conditionalRemove: false, list: this.#listing !== undefined };
    this.#adoption = adoptUnsignedMappings && new Adoption(adoptUnsignedMappings, this.#extensions);
  }

  async get(user: UserKey, options: IdentityStoreOptions = {}): Promise<IdentityMapping | undefined> {
    return this.#call(user, options, async (caller) => {
      const content = (await this.#read(caller)) ?? (await this.#adopt(caller));
      return content && toMapping(user, content);
    });
  }

  /**
   * As the contract says. A mapping equal to this one counts as inserted by this call, also where an earlier attempt of
   * the same caller wrote it and its reply was lost.
   *
   * @throws AcsAuthError `store_unavailable` with the reason `not_yet_visible` if Graph says that there is a mapping and
   * it could not be read within some seconds.
   */
  async insertIfAbsent(mapping: IdentityMapping, options: IdentityStoreOptions = {}): Promise<InsertResult> {
    return this.#call(mapping.user, options, async (caller) => {
      const content = await this.#insert(caller, mapping);
      const inserted = content.communicationUserId === mapping.communicationUserId;
      return { inserted, mapping: toMapping(mapping.user, content) };
    });
  }

  async removeIfMatches(
    user: UserKey,
    communicationUserId: string,
    options: IdentityStoreOptions = {},
  ): Promise<boolean> {
    return this.#call(user, options, async (caller) => {
      const content = await this.#read(caller);
      if (content?.communicationUserId !== communicationUserId) return false;
      await this.#adoption?.forget(caller, communicationUserId);
      return this.#extensions.delete(caller, this.#extensionName);
    });
  }

  /**
   * As the contract says, for `appOnly` with its `tenantId`: pages of the tenant's users, at most 999 and by default 100,
   * each user's extension being one more request. **A tenant with many users takes long**, however few have a mapping.
   * Pages can be empty. A continued listing keeps the page size that it began with. Extensions that are not to be
   * followed are `unreadable`. Unsigned mappings that could be adopted are not listed: they are not this store's yet.
   *
   * Rejects with `store_denied` and the reason `continuation_token_expired` where Graph has forgotten the token.
   *
   * @throws TypeError for a malformed option, with `onBehalfOf`, and with `appOnly` without `tenantId`.
   */
  listMappings(options: ListMappingsOptions = {}): AsyncIterable<MappingPage> {
    if (!this.#listing) throw new TypeError("Mappings can be listed only with appOnly({ credential, tenantId }).");
    return this.#listing.pages(options);
  }

  #call<T>(user: UserKey, options: IdentityStoreOptions, run: (caller: Caller) => Promise<T>): Promise<T> {
    return withAbortSignal(options, (signal) =>
      run({ user: entraUser(user), userAssertion: options.userAssertion, signal }),
    );
  }

  async #read(caller: Caller): Promise<MappingContent | undefined> {
    const extension = await this.#extensions.read(caller, this.#extensionName);
    return extension && this.#codec.decode(caller.user, extension);
  }

  async #adopt(caller: Caller): Promise<MappingContent | undefined> {
    const communicationUserId = await this.#adoption?.find(caller);
    return communicationUserId ? this.#insert(caller, { communicationUserId, createdOn: new Date() }) : undefined;
  }

  /** What the user is mapped to after the attempt: the given content or the one that was there first. */
  async #insert(caller: Caller, { communicationUserId, createdOn }: MappingContent): Promise<MappingContent> {
    const properties = await this.#codec.encode(caller.user, { communicationUserId, createdOn });
    const created = await this.#extensions.create(caller, this.#extensionName, properties);
    return created instanceof GraphFailure
      ? this.#readExisting(caller, created)
      : this.#codec.decode(caller.user, created);
  }

  /** Settles a refused creation by what is stored, which a replica may not show yet. */
  async #readExisting(caller: Caller, refusal: GraphFailure): Promise<MappingContent> {
    for (const waitInMs of REPLICATION_WAITS_IN_MS) {
      await sleep(waitInMs, caller.signal);
      const content = await this.#read(caller);
      if (content) return content;
      const limit = limitError(refusal);
      if (limit) throw limit;
    }
    throw new AcsAuthError(
      "store_unavailable",
      "Microsoft Graph refuses to create the user's mapping and does not show one either. If it has just been written, " +
        "it will be seen soon.",
      { cause: refusal, reason: "not_yet_visible" },
    );
  }
}

function toMapping(
  { tenantId, objectId }: UserKey,
  { communicationUserId, createdOn }: MappingContent,
): IdentityMapping {
  return { user: { tenantId, objectId }, communicationUserId, createdOn };
}
