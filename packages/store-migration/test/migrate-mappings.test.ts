import { AcsAuthError, type IdentityMapping, type ListableIdentityStore } from "@acs-auth/core";
import { MemoryIdentityStore } from "@acs-auth/store-memory";
import { type MigrationProgress, migrateMappings } from "@acs-auth/store-migration";
import { beforeEach, describe, expect, it } from "vitest";
import { newMapping, newUser } from "./support/mappings.js";

let source: MemoryIdentityStore;
let target: MemoryIdentityStore;
let mappings: IdentityMapping[];

beforeEach(async () => {
  source = new MemoryIdentityStore();
  target = new MemoryIdentityStore();
  mappings = Array.from({ length: 25 }, () => newMapping(newUser()));
  for (const mapping of mappings) await source.insertIfAbsent(mapping);
});

const nothing = { copied: 0, alreadyThere: 0, removedMeanwhile: 0, problems: [], continuationToken: undefined };

async function contentOf(store: MemoryIdentityStore): Promise<IdentityMapping[]> {
  const pages = [];
  for await (const { mappings } of store.listMappings()) pages.push(...mappings);
  return pages;
}

/** The first of the mappings, and another mapping of its user. */
function conflict() {
  const [first] = mappings;
  if (!first) throw new Error("There are no mappings.");
  return { first, other: newMapping(first.user) };
}

describe("migrateMappings", () => {
  it("copies every mapping as it is", async () => {
    const report = await migrateMappings({ source, target });
    expect(report).toEqual({ ...nothing, read: 25, copied: 25, completed: true });
    expect(await contentOf(target)).toEqual(expect.arrayContaining(mappings));
    expect(target.size).toBe(25);
  });

  it("finds nothing to do the second time", async () => {
    await migrateMappings({ source, target });
    const report = await migrateMappings({ source, target });
    expect(report).toEqual({ ...nothing, read: 25, alreadyThere: 25, completed: true });
  });

  it("copies nothing from an empty store", async () => {
    const report = await migrateMappings({ source: new MemoryIdentityStore(), target });
    expect(report).toEqual({ ...nothing, read: 0, completed: true });
  });

  it("tells its progress after each page and waits for what is done with it", async () => {
    const progress: MigrationProgress[] = [];
    let busy = false;
    await migrateMappings({
      source,
      target,
      maxPageSize: 10,
      async onProgress(state) {
        expect(busy).toBe(false);
        busy = true;
        await new Promise(setImmediate);
        progress.push(state);
        busy = false;
      },
    });
    expect(progress.map(({ read, copied }) => [read, copied])).toEqual([
      [10, 10],
      [20, 20],
      [25, 25],
    ]);
    expect(progress.map(({ continuationToken }) => typeof continuationToken)).toEqual([
      "string",
      "string",
      "undefined",
    ]);
  });

  it("continues where another one has stopped", async () => {
    const stop = new Error("stopped by the test");
    let continuationToken: string | undefined;
    const stopped = migrateMappings({
      source,
      target,
      maxPageSize: 10,
      onProgress: (progress) => {
        ({ continuationToken } = progress);
        throw stop;
      },
    });
    await expect(stopped).rejects.toBe(stop);
    expect(target.size).toBe(10);

    const rest = await migrateMappings({ source, target, ...(continuationToken ? { continuationToken } : {}) });
    expect(rest).toEqual({ ...nothing, read: 15, copied: 15, completed: true });
    expect(target.size).toBe(25);
  });

  it("copies no more mappings at the same time than it may", async () => {
    let running = 0;
    let most = 0;
    const insertIfAbsent: MemoryIdentityStore["insertIfAbsent"] = async (mapping) => {
      most = Math.max(most, ++running);
      await new Promise(setImmediate);
      running -= 1;
      return target.insertIfAbsent(mapping);
    };
    const slow = { ...delegateTo(target), insertIfAbsent };
    await migrateMappings({ source, target: slow, concurrency: 3 });
    expect(most).toBe(3);
  });
});

describe("a user for whom the target has another identity", () => {
  it("is reported and left alone", async () => {
    const { first, other } = conflict();
    await target.insertIfAbsent(other);
    const { problems, copied } = await migrateMappings({ source, target });
    expect(problems).toEqual([{ kind: "different", user: first.user, source: first, target: other, replaced: false }]);
    expect(copied).toBe(24);
    expect(await target.get(first.user)).toEqual(other);
  });

  it("is given the source's where that is asked for, and the identity that lost its mapping is reported", async () => {
    const { first, other } = conflict();
    await target.insertIfAbsent(other);
    const { problems } = await migrateMappings({ source, target, onDifference: "replace" });
    expect(problems).toEqual([{ kind: "different", user: first.user, source: first, target: other, replaced: true }]);
    expect(await target.get(first.user)).toEqual(first);
  });
});

describe("with verifyOnly", () => {
  it("nothing is written, and what is missing or different is reported", async () => {
    const { first, other } = conflict();
    await migrateMappings({ source, target });
    await target.removeIfMatches(first.user, first.communicationUserId);
    await target.insertIfAbsent(other);
    const late = newMapping(newUser());
    await source.insertIfAbsent(late);
    const before = await contentOf(target);

    const report = await migrateMappings({ source, target, verifyOnly: true, onDifference: "replace" });
    expect(report).toMatchObject({ read: 26, copied: 0, alreadyThere: 24, completed: true });
    expect(report.problems).toEqual([
      { kind: "different", user: first.user, source: first, target: other, replaced: false },
      { kind: "missing", user: late.user, source: late },
    ]);
    expect(await contentOf(target)).toEqual(before);
  });
});

describe("a mapping that cannot be copied", () => {
  it("is reported with the reason, and the others are copied", async () => {
    const { first } = conflict();
    const refusal = new AcsAuthError("store_denied", "The store does not take this user.");
    const picky = { ...delegateTo(target) };
    picky.insertIfAbsent = async (mapping) => {
      if (mapping.communicationUserId === first.communicationUserId) throw refusal;
      return target.insertIfAbsent(mapping);
    };
    const report = await migrateMappings({ source, target: picky });
    expect(report).toMatchObject({ read: 25, copied: 24, completed: true });
    expect(report.problems).toEqual([{ kind: "refused", user: first.user, error: refusal }]);
  });

  it("is reported where the source cannot read it", async () => {
    const error = new AcsAuthError("mapping_tampered", "The mapping's signature does not fit.");
    const user = newUser();
    const damaged: ListableIdentityStore = {
      ...delegateTo(source),
      async *listMappings(options) {
        for await (const page of source.listMappings(options)) yield { ...page, unreadable: [{ user, error }] };
      },
    };
    const report = await migrateMappings({ source: damaged, target });
    expect(report).toMatchObject({ read: 26, copied: 25, completed: true });
    expect(report.problems).toEqual([{ kind: "unreadable", user, error }]);
  });

  it("ends the migration when there are too many, and it can be continued", async () => {
    const refuse = { ...delegateTo(target) };
    refuse.insertIfAbsent = async () => {
      throw new AcsAuthError("store_denied", "The store takes nobody.");
    };
    const report = await migrateMappings({ source, target: refuse, maxPageSize: 5, maxProblems: 10 });
    expect(report).toMatchObject({ read: 10, completed: false, continuationToken: expect.any(String) });
    expect(report.problems).toHaveLength(10);
  });
});

describe("impossible options are a TypeError that names the option", () => {
  it.each([
    ["source has no method get", { source: undefined }],
    ["target has no method insertIfAbsent", { target: { get: () => {} } }],
    ["source cannot list its mappings", { source: { ...delegateTo(new MemoryIdentityStore()) } }],
    ["concurrency must be a positive whole number", { concurrency: 0 }],
    ["maxPageSize must be a positive whole number", { maxPageSize: 1.5 }],
    ["maxProblems must be a positive whole number", { maxProblems: -1 }],
    ["maxRetryDurationInMs must be a positive whole number", { maxRetryDurationInMs: Number.NaN }],
    ['onDifference must be "report" or "replace"', { onDifference: "overwrite" }],
    ["onProgress must be a function", { onProgress: true }],
  ])("%s", async (message, options) => {
    const migration = Reflect.apply(migrateMappings, undefined, [{ source, target, ...options }]);
    await expect(migration).rejects.toThrow(
      expect.objectContaining({ name: "TypeError", message: expect.stringContaining(message) }),
    );
  });

  it("source and target must be two stores", async () => {
    await expect(migrateMappings({ source, target: source })).rejects.toThrow(TypeError);
  });
});

/** The three methods of a store, to replace some of them. */
function delegateTo(store: MemoryIdentityStore) {
  const methods: Pick<MemoryIdentityStore, "get" | "insertIfAbsent" | "removeIfMatches"> = {
    get: (...args) => store.get(...args),
    insertIfAbsent: (...args) => store.insertIfAbsent(...args),
    removeIfMatches: (...args) => store.removeIfMatches(...args),
  };
  return { name: store.name, capabilities: store.capabilities, ...methods };
}
