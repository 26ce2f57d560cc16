import { describe, it } from "vitest";
import { testIdentityStore } from "../src/index.js";
import { useBundle } from "./support/bundle-for-node.js";
import { httpHarness } from "./support/http-harness.js";

testIdentityStore({ describe, it }, httpHarness({ forkModule: useBundle("forked-http-store") }));
