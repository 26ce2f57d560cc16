import { captureLogs } from "test-support";
import { KEY } from "test-support/cosmos-server";
import { describe, expect, it } from "vitest";
import { itemIdOf } from "../src/item-id.js";
import { Backend } from "./support/backend.js";
import { communicationUserId, mappingOf, user } from "./support/fixtures.js";

const backend = new Backend();

describe("the log", () => {
  const logs = captureLogs("verbose");
  const own = () => logs().filter((line) => line.startsWith("azure:acs-auth:store-cosmos"));

  it("tells what each operation cost", async () => {
    const store = await backend.createReadyStore();
    const before = own().length;
    await store.insertIfAbsent(mappingOf(1));
    await store.insertIfAbsent(mappingOf(1, 2));
    backend.gateway.fail("read item", { status: 429, headers: { "x-ms-request-charge": "0.38" } });
    await store.removeIfMatches(user(1), communicationUserId(1));
    await store.get(user(1));
    const prefix = "azure:acs-auth:store-cosmos:verbose";
    expect(own().slice(before)).toEqual([
      `${prefix} create answered with status 201 and cost 1 RU`,
      `${prefix} create answered with status 409 and cost 1 RU`,
      `${prefix} read answered with status 200 and cost 1 RU`,
      `${prefix} read answered with status 429 and cost 0.38 RU`,
      `${prefix} read answered with status 200 and cost 1 RU`,
      `${prefix} delete answered with status 204 and cost 1 RU`,
      `${prefix} read answered with status 404 and cost 1 RU`,
    ]);
  });

  it("names nobody and gives nothing away", async () => {
    const store = backend.createStore();
    await store.insertIfAbsent(mappingOf(1));
    backend.gateway.fail("read item", { status: 400 });
    await store.get(user(1)).catch(() => {});
    const text = own().join("\n");
    expect(text).toContain("read answered with status 400");
    for (const secret of [KEY, user(1).tenantId, user(1).objectId, communicationUserId(1), itemIdOf(user(1))]) {
      expect(text).not.toContain(secret);
    }
  });
});
