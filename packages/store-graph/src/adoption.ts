import type { UserKey } from "@acs-auth/core";
import type { Caller } from "./access/graph-access.js";
import { checkExtensionName } from "./extension-name.js";
import type { Extensions, OpenExtension } from "./graph/extensions.js";
import { MappingRefusal, refusal } from "./mapping/mapping-refusal.js";

/**
 * Takes over the unsigned mappings that Microsoft's sample server wrote. **Whoever can write to a user's extensions, the
 * user included, decides which identity is taken over**, until the user's first call to this server settles it.
 */
export interface AdoptUnsignedMappings {
  /** Default: `com.contoso.identityMapping`, as in the sample. */
  readonly extensionName?: string;
  /**
   * Whether any user but this one is known to have the identity, by an export of the sample's mappings, a database of
   * this server or whatever else is known. An identity that is in use by another is never taken over.
   */
  readonly isInUseByAnother: (communicationUserId: string, user: UserKey) => Promise<boolean>;
}

const SAMPLE_EXTENSION_NAME = "com.contoso.identityMapping";
const RAW_ID = /^8:(?:acs|dod-acs|gcch-acs):[\da-f-]{36}_[\da-f-]{36}$/i;

/** Reads and removes the sample's mappings. */
export class Adoption {
  readonly #options: AdoptUnsignedMappings;
  readonly #name: string;
  readonly #extensions: Extensions;

  constructor(options: AdoptUnsignedMappings, extensions: Extensions) {
    this.#options = options;
    this.#name = options.extensionName ?? SAMPLE_EXTENSION_NAME;
    this.#extensions = extensions;
  }

  /** The identity to take over for the caller, if there is one and nobody else has it. */
  async find(caller: Caller): Promise<string | undefined> {
    const extension = await this.#extensions.read(caller, this.#name);
    if (extension === undefined) return undefined;
    const communicationUserId = identityOf(extension);
    if (communicationUserId === undefined) throw refusal(MappingRefusal.adoptedMalformed);
    if (await this.#options.isInUseByAnother(communicationUserId, { ...caller.user })) {
      throw refusal(MappingRefusal.adoptedByAnother);
    }
    return communicationUserId;
  }

  /** So that a deleted identity is not taken over again. */
  async forget(caller: Caller, communicationUserId: string): Promise<void> {
    const extension = await this.#extensions.read(caller, this.#name);
    if (extension && identityOf(extension) === communicationUserId) await this.#extensions.delete(caller, this.#name);
  }
}

/** @throws TypeError that names the member. */
export function checkAdoption(options: AdoptUnsignedMappings, ownName: string): void {
  const { extensionName = SAMPLE_EXTENSION_NAME, isInUseByAnother } = options;
  checkExtensionName(extensionName, "adoptUnsignedMappings.extensionName");
  if (extensionName === ownName) {
    throw new TypeError("adoptUnsignedMappings.extensionName must differ from the store's own extensionName.");
  }
  if (typeof isInUseByAnother !== "function") {
    throw new TypeError("adoptUnsignedMappings.isInUseByAnother must be a function.");
  }
}

function identityOf({ acsUserIdentity }: OpenExtension): string | undefined {
  return typeof acsUserIdentity === "string" && RAW_ID.test(acsUserIdentity) ? acsUserIdentity : undefined;
}
