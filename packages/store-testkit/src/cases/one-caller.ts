import assert from "node:assert/strict";
import { assertInsertResult, assertMapping } from "../same-mapping.js";
import type { CaseGroup } from "./conformance-case.js";

export const oneCaller: CaseGroup = {
  title: "one caller",
  cases: [
    {
      title: "finds nothing for a user without a mapping, and removes nothing",
      async run(context) {
        const user = context.user();
        const caller = await context.caller();
        assert.equal(await caller.get(user), undefined);
        assert.equal(await caller.remove(user, context.mapping(user).communicationUserId), false);
        await context.assertStored(user, undefined);
      },
    },
    {
      title: "finds exactly the mapping that it inserted",
      async run(context) {
        const user = context.user();
        const mapping = context.mapping(user);
        const caller = await context.caller();
        assertInsertResult(await caller.insert(mapping), { inserted: true, mapping });
        assertMapping(await caller.get(user), mapping);
        await context.assertStored(user, mapping);
      },
    },
    {
      title: "never overwrites: a later insertion gets the first mapping",
      async run(context) {
        const user = context.user();
        const first = context.mapping(user);
        const caller = await context.caller();
        await caller.insert(first);
        const later = { ...context.mapping(user), createdOn: new Date("2026-05-06T07:08:09.012Z") };
        assertInsertResult(await caller.insert(later), { inserted: false, mapping: first });
        await context.assertStored(user, first);
      },
    },
    {
      title: "removes nothing while the identity differs, however little",
      async run(context) {
        const user = context.user();
        const mapping = context.mapping(user);
        const { communicationUserId } = mapping;
        const caller = await context.caller();
        await caller.insert(mapping);
        for (const other of [
          context.mapping(user).communicationUserId,
          communicationUserId.toUpperCase(),
          communicationUserId.slice(0, -1),
          `${communicationUserId} `,
          "",
        ]) {
          assert.equal(await caller.remove(user, other), false, "It removed a mapping to another identity.");
          await context.assertStored(user, mapping);
        }
      },
    },
    {
      title: "removes the mapping once while the identity matches",
      async run(context) {
        const user = context.user();
        const mapping = context.mapping(user);
        const caller = await context.caller();
        await caller.insert(mapping);
        assert.equal(await caller.remove(user, mapping.communicationUserId), true);
        await context.assertStored(user, undefined);
        assert.equal(await caller.get(user), undefined);
        assert.equal(await caller.remove(user, mapping.communicationUserId), false);
      },
    },
    {
      title: "inserts anew after a removal",
      async run(context) {
        const user = context.user();
        const [old, mapping] = [context.mapping(user), context.mapping(user)];
        const caller = await context.caller();
        await caller.insert(old);
        await caller.remove(user, old.communicationUserId);
        assertInsertResult(await caller.insert(mapping), { inserted: true, mapping });
        assert.equal(await caller.remove(user, old.communicationUserId), false);
        await context.assertStored(user, mapping);
      },
    },
    {
      title: "keeps users apart",
      async run(context) {
        const [one, two] = [context.user(0), context.user(1)];
        const [first, second] = [context.mapping(one), context.mapping(two)];
        const caller = await context.caller();
        await caller.insert(first);
        assert.equal(await caller.get(two), undefined);
        assertInsertResult(await caller.insert(second), { inserted: true, mapping: second });
        assert.equal(await caller.remove(two, second.communicationUserId), true);
        await context.assertStored(one, first);
        await context.assertStored(two, undefined);
      },
    },
  ],
};
