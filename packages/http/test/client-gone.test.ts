import { AcsAuthError } from "@acs-auth/core";
import { createAcsAuthHandler, type RequestSummary } from "@acs-auth/http";
import { describe, expect, it } from "vitest";
import { scriptedService, scriptedVerifier } from "./support/doubles.js";
import { adapters, serve } from "./support/serve.js";

describe.each(Object.entries(adapters))("%s: a client that is gone", (_name, adapt) => {
  it("ends the service's wait", async () => {
    const client = new AbortController();
    const service = scriptedService({
      issueToken: (_user, options) =>
        new Promise((_resolve, reject) => {
          options?.abortSignal?.addEventListener("abort", () => reject(new AcsAuthError("aborted", "The wait ended.")));
          client.abort();
        }),
    });
    const answered = new Promise<RequestSummary>((resolve, reject) => {
      const handler = createAcsAuthHandler({ service, verifier: scriptedVerifier(), onResponse: resolve });
      serve(adapt(handler)).then((ask) => {
        ask("POST", "/api/token", { signal: client.signal }).then(reject, () => {});
      }, reject);
    });
    expect(await answered).toMatchObject({ route: "/api/token", status: 499, code: "aborted" });
  });
});
