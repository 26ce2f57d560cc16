import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import { Backend } from "./support/backend.js";
import type { Operation } from "./support/cosmos-request.js";
import { communicationUserId, mappingOf, user } from "./support/fixtures.js";

const backend = new Backend();

describe("an abort", () => {
  it("before a call keeps it from sending anything", async () => {
    const store = backend.createStore();
    const options = { abortSignal: AbortSignal.abort() };
    const aborted = { name: "AbortError" };
    await expect(store.get(user(1), options)).rejects.toMatchObject(aborted);
    await expect(store.insertIfAbsent(mappingOf(1), options)).rejects.toMatchObject(aborted);
    await expect(store.removeIfMatches(user(1), communicationUserId(1), options)).rejects.toMatchObject(aborted);
    await expect(store.createContainerIfMissing(options)).rejects.toMatchObject(aborted);
    expect(backend.operations).toEqual([]);
  });

  it.each<Operation>(["read container", "read account", "read item"])(
    "while a %s request is out ends the call",
    async (operation) => {
      const store = backend.createStore();
      const controller = new AbortController();
      backend.gateway.fail(operation, { delayInMs: 4_000 });
      backend.gateway.before(operation, async () => setTimeout(() => controller.abort(), 20));
      const start = performance.now();
      await expect(store.get(user(1), { abortSignal: controller.signal })).rejects.toMatchObject({
        name: "AbortError",
      });
      expect(performance.now() - start).toBeLessThan(1_000);
    },
  );

  it("while throttling is waited out ends the call, and nothing more is sent", async () => {
    const store = await backend.createReadyStore();
    const controller = new AbortController();
    backend.gateway.fail("create item", { status: 429, headers: { "x-ms-retry-after-ms": "1500" } });
    const inserting = store.insertIfAbsent(mappingOf(1), { abortSignal: controller.signal });
    setTimeout(() => controller.abort(), 100);
    const start = performance.now();
    await expect(inserting).rejects.toMatchObject({ name: "AbortError" });
    expect(performance.now() - start).toBeLessThan(1_000);
    await new Promise((resolve) => setTimeout(resolve, 1_600));
    expect(backend.operations).toEqual(["create item"]);
    expect(await backend.items()).toEqual([]);
  });

  it("of one call does not end the check that another waits for", async () => {
    const store = backend.createStore();
    const controller = new AbortController();
    backend.gateway.fail("read container", { delayInMs: 300 });
    const first = store.get(user(1), { abortSignal: controller.signal });
    const second = store.get(user(1));
    setTimeout(() => controller.abort(), 50);
    await expect(first).rejects.toMatchObject({ name: "AbortError" });
    expect(await second).toBeUndefined();
    expect(backend.operations).toEqual(["read container", "read account", "read item"]);
  });

  it("is not listened for after a call", async () => {
    const store = backend.createStore();
    const { signal: abortSignal } = new AbortController();
    await store.get(user(1), { abortSignal });
    expect(getEventListeners(abortSignal, "abort")).toEqual([]);
  });
});
