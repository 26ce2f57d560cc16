import { describe, it } from "node:test";
import { testIdentityStore } from "../../src/index.js";
import * as brokenStores from "./broken-stores.js";
import { httpHarness } from "./http-harness.js";
import { HttpIdentityStore } from "./http-identity-store.js";

const stores = { HttpIdentityStore, ...brokenStores };
const { STORE = "HttpIdentityStore", FORK_MODULE = "" } = process.env;

testIdentityStore(
  { describe, it },
  httpHarness({ Store: stores[STORE as keyof typeof stores], forkModule: FORK_MODULE }),
);
