import { createRequire } from "node:module";
import { AcsAuthError, type IdentityStoreOptions, type UserKey } from "@acs-auth/core";
import { MemoryIdentityStore } from "@acs-auth/store-memory";
import * as esmLogging from "@azure/logger";
import { trace } from "@opentelemetry/api";
import { describe, expect, it } from "vitest";
import { useCanaries } from "../src/secrets/probe.js";

const { servers, signIn, probe, leaks } = useCanaries();

describe("controls: what must not be said is heard", () => {
  const requireCommonJs = createRequire(import.meta.url);
  const loggers: readonly typeof import("@azure/logger")[] = [esmLogging, requireCommonJs("@azure/logger")];

  class LeakingStore extends MemoryIdentityStore {
    readonly #leak: (token: string, user: UserKey) => void;

    constructor(leak: (token: string, user: UserKey) => void) {
      super();
      this.#leak = leak;
    }

    override async get(user: UserKey, options: IdentityStoreOptions = {}) {
      this.#leak(options.userAssertion ?? "", user);
      return super.get(user);
    }
  }

  it.each<readonly [string, string, (token: string, user: UserKey) => void]>([
    ["the console", "access token", (token) => console.info("The user's token:", { token })],
    ["standard error", "access token", (token) => void process.stderr.write(`${token.slice(50, 120)}…`)],
    ["the log of ES modules", "access token", (token) => loggers[0]?.createClientLogger("other").verbose(token)],
    [
      "the log of CommonJS",
      "access token",
      (token) => loggers[1]?.createClientLogger("other").info(token.slice(0, 200)),
    ],
    ["base64 in the log", "access token", (token) => console.warn(btoa(`Bearer ${token}`))],
    ["our log", "object id", (_token, { objectId }) => esmLogging.createClientLogger("acs-auth:x").verbose(objectId)],
    [
      "an error",
      "access token",
      (token) => {
        throw new AcsAuthError("store_unavailable", "Failed.", { cause: new Error("below", { cause: { token } }) });
      },
    ],
    [
      "a span",
      "access token",
      (token) => {
        const span = trace
          .getTracer("@acs-auth/control")
          .startSpan("leak", { attributes: { url: encodeURIComponent(token) } });
        span.end();
      },
    ],
  ])("on %s", async (_outlet, name, leak) => {
    const server = servers().serverOver("a leaking store", new LeakingStore(leak));
    const { said } = await probe(await signIn(), [server], "in turn");
    expect(leaks(said).join("\n")).toContain(name);
  });
});
