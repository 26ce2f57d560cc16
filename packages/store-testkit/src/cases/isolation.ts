import assert from "node:assert/strict";
import { assertInsertResult } from "../same-mapping.js";
import type { CaseGroup } from "./conformance-case.js";

export const isolation: CaseGroup = {
  title: "two backends",
  cases: [
    {
      title: "do not see each other's mappings",
      async run(context) {
        const other = await context.another();
        const user = context.user();
        const [mapping, others] = [context.mapping(user), context.mapping(user)];
        const [here, there] = [await context.caller(), await other.caller()];
        await here.insert(mapping);
        assert.equal(await there.get(user), undefined);
        assert.equal(await there.remove(user, mapping.communicationUserId), false);
        assertInsertResult(await there.insert(others), { inserted: true, mapping: others });
        await context.assertStored(user, mapping);
        await other.assertStored(user, others);
      },
    },
  ],
};
