/** A secret that mappings are signed with. */
export interface MappingKey {
  /** Stored with each mapping it signs, so that its key is found again: 1 to 64 letters, digits, `.`, `_` or `-`. */
  readonly id: string;
  /** At least 32 random bytes. */
  readonly key: Uint8Array;
}

const KEY_ID = /^[\w.-]{1,64}$/;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const MIN_KEY_BYTES = 32;

/**
 * Reads mapping keys from one text, such as an environment variable: `id:base64` or, while keys are being rotated,
 * several of them, separated by commas. The first one signs, all verify.
 *
 * @throws TypeError if the text is missing or malformed; the message never repeats it.
 */
export function parseMappingKeys(text: string | undefined): MappingKey[] {
  if (typeof text !== "string" || text.trim() === "") {
    throw new TypeError(
      "The mapping keys are missing. They are written as id:base64,id:base64 of at least 32 bytes each.",
    );
  }
  return checkMappingKeys(text.split(",").map(parseMappingKey));
}

function parseMappingKey(entry: string, index: number): MappingKey {
  const [id = "", encoded = "", ...rest] = entry.trim().split(":");
  if (rest.length > 0 || !BASE64.test(encoded)) {
    throw new TypeError(`Mapping key ${index + 1} is not written as id:base64.`);
  }
  return { id, key: Buffer.from(encoded, "base64") };
}

/** @throws TypeError that names the key by its position. */
export function checkMappingKeys(keys: readonly MappingKey[]): MappingKey[] {
  if (!Array.isArray(keys) || keys.length === 0) throw new TypeError("mappingKeys must hold at least one key.");
  const ids = new Set<string>();
  return keys.map(({ id, key }, index) => {
    if (typeof id !== "string" || !KEY_ID.test(id)) {
      throw new TypeError(`The id of mapping key ${index + 1} must be 1 to 64 letters, digits, ".", "_" or "-".`);
    }
    if (ids.has(id)) throw new TypeError(`Mapping key ${index + 1} has the id of an earlier one.`);
    ids.add(id);
    if (!(key instanceof Uint8Array) || key.byteLength < MIN_KEY_BYTES) {
      throw new TypeError(`Mapping key ${index + 1} must have at least ${MIN_KEY_BYTES} bytes.`);
    }
    return { id, key: Uint8Array.from(key) };
  });
}
