import { createIdentityClient } from "@acs-auth/core";
import type { ProblemCode } from "@acs-auth/http";
import { describe, expect, it } from "vitest";
import { identitiesOf, startBackend, useEmulator } from "./support/backend.js";

const emulator = useEmulator();
const start = () => startBackend(emulator());
const identities = () => identitiesOf(emulator());

describe("a failure of ACS", () => {
  const issue = "/identities/{id}/:issueAccessToken";
  const failures: [name: string, fault: object, status: number, code: ProblemCode, retryAfter: string | undefined][] = [
    ["Denied", { status: 401, code: "Denied" }, 502, "acs_denied", undefined],
    ["429", { status: 429 }, 429, "throttled", undefined],
    ["429 with Retry-After", { status: 429, retryAfterInSeconds: 30 }, 429, "throttled", "30"],
    ["500", { status: 500 }, 503, "acs_unavailable", undefined],
    ["503 with Retry-After", { status: 503, retryAfterInSeconds: 30 }, 503, "acs_unavailable", "30"],
    ["a cut connection", { connection: "reset" }, 503, "acs_unavailable", undefined],
    ["no answer", { connection: "hang" }, 504, "timeout", undefined],
  ];

  it.each(failures)("%s", async (_name, fault, status, code, retryAfter) => {
    const { ask } = await start();
    await ask("POST", "/api/user");
    emulator().faults.add({ service: "communication", method: "POST", path: issue, ...fault });
    const answer = await ask("GET", "/api/token");
    expect(answer.problem()).toMatchObject({ status, code });
    expect(answer.headers["retry-after"]).toBe(retryAfter);
    expect(answer.headers["www-authenticate"]).toBeUndefined();
    emulator().faults.clear();
    expect((await ask("GET", "/api/token")).status).toBe(201);
    expect(identities()).toHaveLength(1);
  });

  it("an identity that was deleted elsewhere is answered 409", async () => {
    const { ask, store } = await start();
    await ask("POST", "/api/user");
    await createIdentityClient(emulator().communication.connectionString).deleteUser({
      communicationUserId: identities()[0]?.id ?? "",
    });
    const answer = await ask("GET", "/api/token");
    expect(answer.problem()).toMatchObject({ status: 409, code: "identity_deleted" });
    expect(store.size).toBe(1);
    expect((await ask("DELETE", "/api/user")).status).toBe(204);
    expect((await ask("POST", "/api/user")).status).toBe(201);
  });

  it("during a deletion keeps the mapping, so that repeating finishes the job", async () => {
    const { ask } = await start();
    const created = await ask("POST", "/api/user");
    const fault = emulator().faults.add({ service: "communication", method: "DELETE", status: 500 });
    expect((await ask("DELETE", "/api/user")).problem()).toMatchObject({ status: 503, code: "acs_unavailable" });
    expect((await ask("GET", "/api/user")).json()).toEqual(created.json());
    fault.remove();
    expect((await ask("DELETE", "/api/user")).status).toBe(204);
    expect((await ask("GET", "/api/user")).status).toBe(404);
    expect(identities()).toEqual([]);
  });

  it("a key server that is down is answered 503", async () => {
    const { ask } = await start();
    emulator().faults.add({ service: "entra", status: 500 });
    expect((await ask("GET", "/api/user")).problem()).toMatchObject({ status: 503, code: "key_server_unavailable" });
  });
});
