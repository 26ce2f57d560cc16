import { expect, it } from "vitest";
import { useTable } from "./support/harness.js";
import { mapping, USER } from "./support/tables.js";

const fixture = useTable();

it("reading is one request, inserting one, and one more where there is a mapping, removing two; no URL names a user", async () => {
  const { proxy, newStore } = fixture();
  const store = newStore();
  const methodsOf = async (call: Promise<unknown>) => {
    await call;
    const requests = proxy.requests.splice(0);
    for (const id of Object.values(USER)) expect(requests.map(({ url }) => url).join()).not.toContain(id);
    return requests.map(({ method }) => method);
  };
  expect(await methodsOf(store.get(USER))).toEqual(["GET"]);
  expect(await methodsOf(store.insertIfAbsent(mapping()))).toEqual(["POST"]);
  expect(await methodsOf(store.insertIfAbsent(mapping()))).toEqual(["POST", "GET"]);
  expect(await methodsOf(store.removeIfMatches(USER, mapping().communicationUserId))).toEqual(["GET", "DELETE"]);
});
