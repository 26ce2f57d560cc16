import assert from "node:assert/strict";
import type { IdentityMapping } from "@acs-auth/core";
import { assertMapping } from "../same-mapping.js";
import type { CaseGroup } from "./conformance-case.js";

/** Does to a mapping what its types forbid, as a careless caller would. */
export function spoil(mapping: IdentityMapping | undefined): void {
  assert.ok(mapping, "There is no mapping.");
  mapping.createdOn.setTime(0);
  Object.assign(mapping.user, { objectId: "spoilt" });
  Object.assign(mapping, { communicationUserId: "spoilt" });
}

export const copies: CaseGroup = {
  title: "copies",
  cases: [
    {
      title: "what is passed in is not kept",
      async run(context) {
        const mapping = context.mapping(context.user());
        const passedIn = structuredClone(mapping);
        const caller = await context.caller();
        await caller.insert(passedIn);
        spoil(passedIn);
        assertMapping(await caller.get(mapping.user), mapping);
      },
    },
    {
      title: "what is handed out is not shared",
      async run(context) {
        const user = context.user();
        const mapping = context.mapping(user);
        const caller = await context.caller();
        for (const handOut of [
          async () => (await caller.insert(structuredClone(mapping))).mapping,
          async () => (await caller.insert(context.mapping(user))).mapping,
          () => caller.get(user),
        ]) {
          spoil(await handOut());
          assertMapping(await caller.get(user), mapping);
        }
      },
    },
  ],
};
