import { expect, it } from "vitest";
import { OBO, useGraph } from "./support/harness.js";

const { newStore, requests, signIn } = useGraph({ entra: { accessTokenLifetimeInSeconds: 90 } });

it("a token that is about to expire is not used again", async () => {
  const store = newStore();
  const { user, options } = await signIn();
  await store.get(user, options);
  await store.get(user, options);
  expect(requests("entra", OBO)).toBe(2);
});
