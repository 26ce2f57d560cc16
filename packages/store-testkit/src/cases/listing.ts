import assert from "node:assert/strict";
import type { IdentityMapping, MappingPage } from "@acs-auth/core";
import type { Caller } from "../caller.js";
import type { CaseContext } from "../case-context.js";
import { allOf, assertContains, assertListed } from "../listed.js";
import { describeError, rejectionWithin } from "../rejection.js";
import { assertAborted } from "./abort.js";
import { type CaseGroup, type ConformanceCase, hasNetwork } from "./conformance-case.js";
import { spoil } from "./copies.js";
import { HOSTILE_USERS } from "./keys.js";

const USERS = 10;
const PAGE_SIZE = 3;
const LONGEST_TRYING_IN_MS = 10_000;
const DELAY_IN_MS = 5_000;
const ABORT_AFTER_IN_MS = 100;
const LONGEST_ENDING_IN_MS = 1_000;

const lists: ConformanceCase["appliesTo"] = ({ capabilities }) => capabilities.list;
const listsOverNetwork: ConformanceCase["appliesTo"] = (harness) => harness.capabilities.list && hasNetwork(harness);

export const listing: CaseGroup = {
  title: "a listing",
  cases: [
    {
      title: "of a backend without mappings gives none",
      appliesTo: lists,
      run: async (context) => assertListed(await allOf((await context.caller()).list()), []),
    },
    {
      title: "gives exactly the mappings that are there",
      appliesTo: lists,
      async run(context) {
        const caller = await context.caller();
        const [removed, ...rest] = await insertMany(context, caller);
        await caller.remove(removed.user, removed.communicationUserId);
        assertListed(await allOf(caller.list()), rest);
      },
    },
    {
      title: "gives every user as inserted, whatever characters the ids hold",
      appliesTo: lists,
      async run(context) {
        const users = context.backend.user ? [context.user()] : HOSTILE_USERS;
        const caller = await context.caller();
        const mappings = users.map((user) => context.mapping(user));
        for (const mapping of mappings) await caller.insert(mapping);
        assertListed(await allOf(caller.list()), mappings);
      },
    },
    {
      title: "in small pages gives all, and no page is larger",
      appliesTo: lists,
      async run(context) {
        const caller = await context.caller();
        const mappings = await insertMany(context, caller);
        const pages = await allOf(caller.list({ maxPageSize: PAGE_SIZE }));
        assertListed(pages, mappings);
        for (const page of pages) assert.ok(page.mappings.length <= PAGE_SIZE, "A page is larger than maxPageSize.");
      },
    },
    {
      title: "is continued after any page, by another instance too",
      appliesTo: lists,
      async run(context) {
        const caller = await context.caller();
        const mappings = await insertMany(context, caller);
        const pages = await allOf(caller.list({ maxPageSize: PAGE_SIZE }));
        for (const [index, { continuationToken }] of pages.entries()) {
          const isLast = index === pages.length - 1;
          assert.equal(
            continuationToken === undefined,
            isLast,
            "Exactly the last page must have no continuationToken.",
          );
          if (continuationToken === undefined) continue;
          const other = await context.caller();
          const rest = await allOf(other.list({ maxPageSize: PAGE_SIZE, continuationToken }));
          assertListed([...pages.slice(0, index + 1), ...rest], mappings);
        }
      },
    },
    {
      title: "loses no other mapping while some are removed and inserted",
      appliesTo: lists,
      async run(context) {
        const caller = await context.caller();
        const mappings = await insertMany(context, caller);
        const coming = [context.user(USERS), context.user(USERS + 1)].map((user) => context.mapping(user));
        const pages: MappingPage[] = [];
        for await (const page of caller.list({ maxPageSize: PAGE_SIZE })) {
          pages.push(page);
          const [given] = page.mappings;
          if (given) await caller.remove(given.user, given.communicationUserId);
          const come = coming.pop();
          if (come) await caller.insert(come);
        }
        assertContains(pages, mappings);
      },
    },
    {
      title: "rejects while the backend is down, and its last token continues it: it never ends early",
      appliesTo: listsOverNetwork,
      async run(context) {
        const caller = await context.caller();
        const mappings = await insertMany(context, caller);
        const pages = caller.list({ maxPageSize: PAGE_SIZE })[Symbol.asyncIterator]();
        const given: MappingPage[] = [];
        const next = async () => {
          const { done, value } = await pages.next();
          if (!done) given.push(value);
          return !done;
        };
        await next();
        await context.whileDown(async () => {
          const rest = async () => {
            while (await next());
          };
          await rejectionWithin(LONGEST_TRYING_IN_MS, rest());
          await rejectionWithin(LONGEST_TRYING_IN_MS, allOf(caller.list()));
        });
        const continuationToken = given.at(-1)?.continuationToken;
        assert.ok(continuationToken !== undefined, "The last page was given, and then the listing rejected.");
        assertListed([...given, ...(await allOf(caller.list({ continuationToken })))], mappings);
      },
    },
    {
      title: "ends with an abort signal that has fired before",
      appliesTo: lists,
      async run(context) {
        const caller = await context.caller();
        await insertMany(context, caller);
        const aborted = allOf(caller.list({ abortSignal: AbortSignal.abort() }));
        assertAborted(await rejectionWithin(LONGEST_ENDING_IN_MS, aborted));

        const controller = new AbortController();
        const firstPageOnly = async () => {
          for await (const _ of caller.list({ maxPageSize: PAGE_SIZE, abortSignal: controller.signal })) {
            controller.abort();
          }
        };
        assertAborted(await rejectionWithin(LONGEST_ENDING_IN_MS, firstPageOnly()));
      },
    },
    {
      title: "ends at once with an abort signal that fires during a page",
      appliesTo: listsOverNetwork,
      async run(context) {
        const caller = await context.caller();
        await insertMany(context, caller);
        await context.whileDelayed(DELAY_IN_MS, async () => {
          const pages = allOf(caller.list({ abortSignal: AbortSignal.timeout(ABORT_AFTER_IN_MS) }));
          assertAborted(await rejectionWithin(ABORT_AFTER_IN_MS + LONGEST_ENDING_IN_MS, pages));
        });
      },
    },
    {
      title: "hands out copies",
      appliesTo: lists,
      async run(context) {
        const caller = await context.caller();
        const mappings = await insertMany(context, caller);
        for (const { mappings: listed } of await allOf(caller.list())) for (const mapping of listed) spoil(mapping);
        assertListed(await allOf(caller.list()), mappings);
      },
    },
    {
      title: "refuses an impossible page size and a token that no store gave",
      appliesTo: lists,
      async run(context) {
        const caller = await context.caller();
        for (const options of [{ maxPageSize: 0 }, { maxPageSize: 1.5 }, { continuationToken: "\n" }]) {
          const error = await rejectionWithin(LONGEST_TRYING_IN_MS, (async () => allOf(caller.list(options)))());
          const { name, code } = describeError(error);
          const isRefusal = name === "TypeError" || ("continuationToken" in options && code === "store_denied");
          assert.ok(isRefusal, `It rejected with ${String(error)}; a TypeError was due.`);
        }
      },
    },
  ],
};

async function insertMany(context: CaseContext, caller: Caller): Promise<[IdentityMapping, ...IdentityMapping[]]> {
  const [first, ...others] = Array.from({ length: USERS }, (_, n) => context.mapping(context.user(n)));
  assert.ok(first);
  for (const mapping of [first, ...others]) await caller.insert(mapping);
  return [first, ...others];
}
