import type { OpenExtension } from "../graph/extensions.js";
import type { EntraUser } from "../user.js";
import { MappingRefusal, refusal } from "./mapping-refusal.js";
import type { MappingSignatures, SignedFacts } from "./mapping-signatures.js";

/** What a mapping says of its user. */
export type MappingContent = Omit<SignedFacts, "user">;

/** Turns mappings into the properties of an open extension and back. */
export interface MappingCodec {
  encode(user: EntraUser, content: MappingContent): Promise<OpenExtension>;
  /** @throws AcsAuthError for an extension that is not to be followed. */
  decode(user: EntraUser, extension: OpenExtension): Promise<MappingContent>;
}

/** Signs what it writes and follows nothing that does not verify for the very user it was read for. */
export class SignedMappingCodec implements MappingCodec {
  readonly #signatures: MappingSignatures;

  constructor(signatures: MappingSignatures) {
    this.#signatures = signatures;
  }

  async encode(user: EntraUser, content: MappingContent): Promise<OpenExtension> {
    const { keyId, mac } = await this.#signatures.sign({ user, ...content });
    return { ...write(content), signingKeyId: keyId, signature: mac };
  }

  async decode(user: EntraUser, extension: OpenExtension): Promise<MappingContent> {
    const { signingKeyId: keyId, signature: mac } = extension;
    if (typeof mac !== "string" || mac === "") throw refusal(MappingRefusal.unsigned);
    const content = read(extension);
    if (content === undefined) throw refusal(MappingRefusal.malformed);
    if (typeof keyId !== "string") throw refusal(MappingRefusal.unknownKey);
    const verdict = await this.#signatures.verify({ user, ...content }, { keyId, mac });
    if (verdict === "unknown_key") throw refusal(MappingRefusal.unknownKey);
    if (verdict === "invalid") throw refusal(MappingRefusal.badSignature);
    return content;
  }
}

/** Follows whatever is written: for directories in which users cannot write to their own extensions. */
export class UnsignedMappingCodec implements MappingCodec {
  async encode(_user: EntraUser, content: MappingContent): Promise<OpenExtension> {
    return write(content);
  }

  async decode(_user: EntraUser, extension: OpenExtension): Promise<MappingContent> {
    const content = read(extension);
    if (content === undefined) throw refusal(MappingRefusal.invalid);
    return content;
  }
}

function write({ communicationUserId, createdOn }: MappingContent): OpenExtension {
  return { communicationUserId, createdOn: createdOn.toISOString() };
}

/** The moment counts, not its spelling: Graph may write a date differently than it was given. */
function read({ communicationUserId, createdOn }: OpenExtension): MappingContent | undefined {
  if (typeof communicationUserId !== "string" || typeof createdOn !== "string") return undefined;
  const date = new Date(createdOn);
  return Number.isNaN(date.getTime()) ? undefined : { communicationUserId, createdOn: date };
}
