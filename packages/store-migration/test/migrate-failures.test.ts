import { AcsAuthError, type IdentityMapping, type IdentityStore } from "@acs-auth/core";
import { MemoryIdentityStore } from "@acs-auth/store-memory";
import { migrateMappings } from "@acs-auth/store-migration";
import { beforeEach, describe, expect, it } from "vitest";
import { newMapping, newUser } from "./support/mappings.js";

type Methods = Pick<MemoryIdentityStore, "get" | "insertIfAbsent" | "removeIfMatches" | "listMappings">;

let source: MemoryIdentityStore;
let target: MemoryIdentityStore;
let mapping: IdentityMapping;

beforeEach(async () => {
  source = new MemoryIdentityStore();
  target = new MemoryIdentityStore();
  mapping = newMapping(newUser());
  await source.insertIfAbsent(mapping);
});

const unavailable = () => new AcsAuthError("store_unavailable", "The store does not answer.");

/** A store that behaves like another but for some methods. */
function like(store: MemoryIdentityStore, change: Partial<Methods>) {
  return {
    name: store.name,
    capabilities: store.capabilities,
    get: (...args: Parameters<IdentityStore["get"]>) => store.get(...args),
    insertIfAbsent: (...args: Parameters<IdentityStore["insertIfAbsent"]>) => store.insertIfAbsent(...args),
    removeIfMatches: (...args: Parameters<IdentityStore["removeIfMatches"]>) => store.removeIfMatches(...args),
    listMappings: (...args: Parameters<Methods["listMappings"]>) => store.listMappings(...args),
    ...change,
  };
}

/** The calls of a method fail so often, then go through. */
function failing<Arguments extends unknown[], T>(
  errors: AcsAuthError[],
  method: (...args: Arguments) => Promise<T>,
): (...args: Arguments) => Promise<T> {
  return async (...args) => {
    const error = errors.shift();
    if (error) throw error;
    return method(...args);
  };
}

describe("a failure that may pass", () => {
  it.each(["store_unavailable", "throttled", "provider_unavailable", "timeout"] as const)(
    "is repeated until it has passed: %s",
    async (code) => {
      const error = new AcsAuthError(code, "Not now.", { retryAfterInMs: 1 });
      const report = await migrateMappings({
        source: like(source, { get: failing([error], (...args) => source.get(...args)) }),
        target: like(target, {
          get: failing([error, error], (...args) => target.get(...args)),
          insertIfAbsent: failing([error], (...args) => target.insertIfAbsent(...args)),
        }),
      });
      expect(report).toMatchObject({ read: 1, copied: 1, completed: true });
      expect(await target.get(mapping.user)).toEqual(mapping);
    },
  );

  it("is waited for as long as the service asks to", async () => {
    const throttled = new AcsAuthError("throttled", "Slow down.", { retryAfterInMs: 300 });
    const start = performance.now();
    await migrateMappings({
      source,
      target: like(target, { get: failing([throttled], (...args) => target.get(...args)) }),
    });
    expect(performance.now() - start).toBeGreaterThanOrEqual(299);
  });

  it("of the listing loses no page", async () => {
    for (let n = 0; n < 9; n++) await source.insertIfAbsent(newMapping(newUser()));
    let calls = 0;
    const report = await migrateMappings({
      source: like(source, {
        listMappings(options) {
          calls += 1;
          if (calls % 2 === 1) throw new AcsAuthError("store_unavailable", "Not now.", { retryAfterInMs: 1 });
          return source.listMappings(options);
        },
      }),
      target,
      maxPageSize: 3,
    });
    expect(report).toMatchObject({ read: 10, copied: 10, completed: true });
    expect(target.size).toBe(10);
  });

  it("ends the migration with its own code when it does not pass", async () => {
    const error = unavailable();
    const migration = migrateMappings({
      source,
      target: like(target, { get: () => Promise.reject(error) }),
      maxRetryDurationInMs: 100,
    });
    await expect(migration).rejects.toBe(error);
  });

  it("is not waited for longer than the migration may repeat", async () => {
    const error = new AcsAuthError("throttled", "Come back tomorrow.", { retryAfterInMs: 86_400_000 });
    const migration = migrateMappings({ source, target: like(target, { get: () => Promise.reject(error) }) });
    await expect(migration).rejects.toBe(error);
  });
});

describe("a failure that will not pass", () => {
  it("ends the migration at once", async () => {
    const error = new AcsAuthError("provider_denied", "The secret has expired.");
    let calls = 0;
    const migration = migrateMappings({
      source,
      target: like(target, {
        get: () => {
          calls += 1;
          return Promise.reject(error);
        },
      }),
    });
    await expect(migration).rejects.toBe(error);
    expect(calls).toBe(1);
  });
});

describe("a write whose reply was lost", () => {
  it("counts as copied", async () => {
    const report = await migrateMappings({
      source,
      target: like(target, { insertIfAbsent: losesFirstReply() }),
    });
    expect(report).toMatchObject({ copied: 1, problems: [] });
  });

  it("is taken back all the same if the user was deleted meanwhile", async () => {
    const report = await migrateMappings({
      source,
      target: like(target, {
        insertIfAbsent: losesFirstReply(() => source.removeIfMatches(mapping.user, mapping.communicationUserId)),
      }),
    });
    expect(report).toMatchObject({ copied: 0, removedMeanwhile: 1, problems: [] });
    expect(target.size).toBe(0);
  });

  function losesFirstReply(meanwhile: () => Promise<unknown> = async () => {}): Methods["insertIfAbsent"] {
    let lost = false;
    return async (...args) => {
      const result = await target.insertIfAbsent(...args);
      if (lost) return result;
      lost = true;
      await meanwhile();
      throw unavailable();
    };
  }
});

describe("a mapping that was written and cannot be read", () => {
  it("is waited for, as replicas take time", async () => {
    let reads = 0;
    const lagging = like(target, {
      get: async (...args) => {
        reads += 1;
        return reads < 4 ? undefined : target.get(...args);
      },
    });
    expect(await migrateMappings({ source, target: lagging })).toMatchObject({ copied: 1 });
  });

  it("ends the migration if it never can", async () => {
    const forgetful = like(target, { get: async () => undefined });
    const migration = migrateMappings({ source, target: forgetful, maxRetryDurationInMs: 50 });
    await expect(migration).rejects.toMatchObject({ code: "store_unavailable", reason: "not_yet_visible" });
  });
});

describe("an abort signal", () => {
  it("that has fired before keeps the migration from starting", async () => {
    const migration = migrateMappings({ source, target, abortSignal: AbortSignal.abort() });
    await expect(migration).rejects.toMatchObject({ name: "AcsAuthError", code: "aborted" });
    expect(target.size).toBe(0);
  });

  it("ends the wait for a repetition at once", async () => {
    const error = new AcsAuthError("throttled", "Slow down.", { retryAfterInMs: 60_000 });
    const migration = migrateMappings({
      source,
      target: like(target, { get: () => Promise.reject(error) }),
      abortSignal: AbortSignal.timeout(50),
    });
    await expect(migration).rejects.toMatchObject({ code: "aborted" });
  });

  it("reaches the stores", async () => {
    const controller = new AbortController();
    const hanging = like(target, {
      get: (_user, options) =>
        new Promise((_, reject) => {
          options?.abortSignal?.addEventListener("abort", () => reject(new DOMException("Aborted.", "AbortError")));
          controller.abort();
        }),
    });
    const migration = migrateMappings({ source, target: hanging, abortSignal: controller.signal });
    await expect(migration).rejects.toMatchObject({ code: "aborted" });
  });
});
