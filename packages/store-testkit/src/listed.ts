import assert from "node:assert/strict";
import type { IdentityMapping, IdentityStore, ListableIdentityStore, MappingPage, UserKey } from "@acs-auth/core";
import { assertMapping } from "./same-mapping.js";

export function isListable(store: IdentityStore): store is ListableIdentityStore {
  return "listMappings" in store && typeof store.listMappings === "function";
}

export async function allOf(pages: AsyncIterable<MappingPage>): Promise<MappingPage[]> {
  const all: MappingPage[] = [];
  for await (const page of pages) all.push(page);
  return all;
}

/** Expects pages to give each of these mappings, once or more often, and nothing else. */
export function assertListed(pages: readonly MappingPage[], expected: readonly IdentityMapping[]): void {
  assertContains(pages, expected);
  const users = new Set(expected.map(({ user }) => textOf(user)));
  for (const { mappings, unreadable } of pages) {
    assert.equal(unreadable.length, 0, "The listing gives a mapping as unreadable.");
    for (const { user } of mappings)
      assert.ok(users.has(textOf(user)), "The listing gives a mapping that is not there.");
  }
}

/** Expects pages to give each of these mappings, whatever else they give. */
export function assertContains(pages: readonly MappingPage[], expected: readonly IdentityMapping[]): void {
  const listed = new Map(pages.flatMap(({ mappings }) => mappings.map((mapping) => [textOf(mapping.user), mapping])));
  for (const mapping of expected) {
    assertMapping(listed.get(textOf(mapping.user)), mapping, "The listing lacks a mapping, or gives it changed.");
  }
}

function textOf({ tenantId, objectId }: UserKey): string {
  return JSON.stringify([tenantId, objectId]);
}
