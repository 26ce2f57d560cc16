import * as brokenStores from "./broken-stores.js";
import { HttpIdentityStore } from "./http-identity-store.js";

const stores = { HttpIdentityStore, ...brokenStores };

/** What child processes import. */
export function createStore({ store, url }: { readonly store: keyof typeof stores; readonly url: string }) {
  return new stores[store](url);
}
