import assert from "node:assert/strict";
import type { UserKey } from "@acs-auth/core";
import type { Caller } from "../caller.js";
import type { CaseContext } from "../case-context.js";
import { assertInsertResult, assertMapping } from "../same-mapping.js";
import type { CaseGroup } from "./conformance-case.js";

/** Texts of which every two are different, by what a backend may ignore, forbid or interpret. */
const HOSTILE_TEXTS: Readonly<Record<string, readonly string[]>> = {
  "letter case": ["user", "User", "USER", "straße", "STRASSE", "ı", "i", "I", "İ"],
  "Unicode normal form": ["\u00e9", "e\u0301", "\u212b", "\u00c5", "A\u030a", "\ufb01", "fi"],
  "lone surrogates": ["\ud800", "\udbff", "\udc00", "\ufffd", "\u{1f600}", "\ude00\ud83d"],
  "characters with a meaning in addresses": ["a/b", "a\\b", "a#b", "a?b", "a%b", "a%2Fb", "a%2fb", "a&b", "a+b", "a b"],
  "quotes and wildcards": ["a'b", "a''b", 'a"b', "a`b", "a;b", "a*b", "a_b", "a$b", "a{b}", "a\\'b"],
  "control characters": ["a\u0000b", "a\u0000", "a", "a\nb", "a\r\nb", "a\tb", "a\u007fb", "a\u0085b"],
  "spaces and dots at the ends": ["a", "a ", " a", "a.", ".", "..", "a\u00a0", "a\u200b"],
  "names with a meaning in JavaScript": ["__proto__", "constructor", "toString", "hasOwnProperty", "null", "undefined"],
  "the end of a very long id": ["a", "b", "aa"].map((end) => "0123456789".repeat(30) + end),
  "the end of a very long id outside ASCII": ["a", "b", "aa"].map((end) => "語".repeat(500) + end),
};

/** Users whose two ids, joined by whatever separator, are the same text. */
const JOINED = ["", "|", ":", "/", "_", "-", ",", "\u0000", "#", " "].flatMap((separator) => [
  { tenantId: "a", objectId: `b${separator}c` },
  { tenantId: `a${separator}b`, objectId: "c" },
]);

/** All of these users, each once. */
export const HOSTILE_USERS: readonly UserKey[] = [
  ...usersOf([...new Set(Object.values(HOSTILE_TEXTS).flat())]),
  ...JOINED,
];

export const keys: CaseGroup = {
  title: "users are kept apart that differ only by",
  cases: [
    ...Object.entries(HOSTILE_TEXTS).map(([title, texts]) => ({
      title,
      run: (context: CaseContext) => keepsApart(context, usersOf(texts)),
    })),
    { title: "where the tenant's id ends", run: (context) => keepsApart(context, JOINED) },
  ],
};

function usersOf(texts: readonly string[]): UserKey[] {
  return texts.flatMap((text) => [
    { tenantId: text, objectId: "user" },
    { tenantId: "tenant", objectId: text },
  ]);
}

async function keepsApart(context: CaseContext, users: readonly UserKey[]): Promise<void> {
  const caller = await context.caller();
  const mappings = users.map((user) => context.mapping(user));
  const held = [];
  for (const mapping of mappings) if (await holds(context, caller, mapping)) held.push(mapping);
  for (const mapping of held) await context.assertStored(mapping.user, mapping);

  const [first, ...others] = held;
  if (!first) return;
  assert.equal(await caller.remove(first.user, first.communicationUserId), true);
  await context.assertStored(first.user, undefined);
  for (const mapping of others) assertMapping(await caller.get(mapping.user), mapping);
}

/** Whether the store holds a mapping now; it may refuse users only if its backend does not hold users of any kind. */
async function holds(context: CaseContext, caller: Caller, mapping: ReturnType<CaseContext["mapping"]>) {
  try {
    assertInsertResult(await caller.insert(mapping), { inserted: true, mapping });
    return true;
  } catch (error) {
    if (!context.backend.user || error instanceof assert.AssertionError) throw error;
    const found = await caller.get(mapping.user).catch(() => undefined);
    assert.equal(found, undefined, "The store refused a user and holds a mapping for it all the same.");
    return false;
  }
}
