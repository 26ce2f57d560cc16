import { invalidToken } from "../rejection.js";

const STRINGS = /"(?:[^"\\]|\\.)*"/g;

/**
 * Parses a JSON object and refuses one in which any object names a member twice: of two such members one parser takes
 * the first and another the last (RFC 8259 section 4), so that two readers of one token could see two users.
 *
 * @throws AcsAuthError `invalid_token`: `malformed`, `duplicate_member`.
 */
export function parseUniqueJson(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalidToken("malformed");
  }
  if (!isObject(value)) throw invalidToken("malformed");
  if (countMembers(value) !== countMembersInText(text)) throw invalidToken("duplicate_member");
  return value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Outside of its strings, valid JSON has one colon per member. */
function countMembersInText(text: string): number {
  return text.replace(STRINGS, "").split(":").length - 1;
}

function countMembers(root: object): number {
  const pending: object[] = [root];
  let members = 0;
  for (let object = pending.pop(); object !== undefined; object = pending.pop()) {
    const values: unknown[] = Array.isArray(object) ? object : Object.values(object);
    if (!Array.isArray(object)) members += values.length;
    for (const value of values) {
      if (typeof value === "object" && value !== null) pending.push(value);
    }
  }
  return members;
}
