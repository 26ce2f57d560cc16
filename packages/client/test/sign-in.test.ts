import { AcsAuthClient, createAcsTokenCredential } from "@acs-auth/client";
import { AcsAuthError as ServerError } from "@acs-auth/core";
import { describe, expect, it } from "vitest";
import { answer, problem, startBackend, useEmulator } from "./support/backend.js";

const emulator = useEmulator();
const CLAIMS = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}';

/** A server that lets in only who has met the claims, and a sign-in that meets what it is asked to. */
const startStrict = () =>
  startBackend(
    emulator(),
    {
      authorize: ({ claims }) => {
        if ([claims["acrs"]].flat().includes("c1")) return true;
        throw new ServerError("claims_challenge", "A second factor is needed.", { claims: CLAIMS });
      },
    },
    ({ claims }) => ({ claims: { xms_cc: ["cp1"], acrs: claims === CLAIMS ? ["c1"] : undefined } }),
  );

describe("a claims challenge", () => {
  it("goes to the sign-in, whose new token is used", async () => {
    const backend = await startStrict();
    expect(await new AcsAuthClient(backend.client).getOrCreateUser()).toMatchObject({ created: true });
    expect(backend.signIns).toEqual([
      { forceRefresh: false, abortSignal: expect.any(AbortSignal) },
      { forceRefresh: true, claims: CLAIMS, abortSignal: expect.any(AbortSignal) },
    ]);
    const [first, second] = backend.requests.map(({ headers }) => headers.authorization);
    expect(first).not.toBe(second);
  });

  it("goes to the sign-in of a credential as well", async () => {
    const backend = await startStrict();
    const credential = await createAcsTokenCredential({ kind: "user", ...backend.client });
    expect(await emulator().communication.introspectToken((await credential.getToken()).token)).toMatchObject({
      active: true,
    });
    credential.dispose();
  });

  it("that the sign-in does not meet is passed on with its claims", async () => {
    const backend = await startStrict();
    const token = await emulator().mintToken({ user: "user-one", claims: { xms_cc: ["cp1"] } });
    const client = new AcsAuthClient({ ...backend.client, getAccessToken: () => token });
    await expect(client.getUser()).rejects.toMatchObject({ code: "claims_challenge", statusCode: 401, claims: CLAIMS });
    expect(backend.requests).toHaveLength(2);
  });

  const base64 = Buffer.from(CLAIMS).toString("base64");
  it.each([
    ["base64", `Bearer authorization_uri="https://login.contoso.com", error="insufficient_claims", claims="${base64}"`],
    ["base64url", `Bearer error="insufficient_claims", claims="${base64.replaceAll("+", "-").replaceAll("/", "_")}"`],
    ["plain JSON", `Bearer error="insufficient_claims", claims="${CLAIMS.replaceAll('"', '\\"')}"`],
    ["a token", `Bearer claims=${base64}`],
    ["a challenge after another", `Basic realm="a", bearer realm="b", claims="${base64}"`],
  ])("may be written as %s", async (_, header) => {
    const backend = await startBackend(emulator());
    backend.answerNext(problem(401, "claims_challenge", { "www-authenticate": header }));
    await new AcsAuthClient(backend.client).getUser();
    expect(backend.signIns.map(({ claims }) => claims)).toEqual([undefined, CLAIMS]);
  });

  it.each([
    'Bearer error="insufficient_claims", claims="%%%"',
    'Bearer error="insufficient_claims", claims="MQ=="',
    'Bearer error="insufficient_claims", claims=""',
    `Basic claims="${base64}"`,
  ])("that cannot be read asks for a new token only: %s", async (header) => {
    const backend = await startBackend(emulator());
    backend.answerNext(problem(401, "claims_challenge", { "www-authenticate": header }));
    await new AcsAuthClient(backend.client).getUser();
    expect(backend.signIns.map(({ claims, forceRefresh }) => [claims, forceRefresh])).toEqual([
      [undefined, false],
      [undefined, true],
    ]);
  });
});

describe("an access token that is refused", () => {
  it("is replaced once", async () => {
    const backend = await startBackend(emulator(), {}, ({ forceRefresh }) => ({
      lifetimeInSeconds: forceRefresh ? 3_600 : -600,
    }));
    expect(await new AcsAuthClient(backend.client).getOrCreateUser()).toMatchObject({ created: true });
    expect(backend.signIns.map(({ forceRefresh }) => forceRefresh)).toEqual([false, true]);
  });

  it("is replaced no more than once", async () => {
    const backend = await startBackend(emulator(), {}, () => ({ lifetimeInSeconds: -600 }));
    await expect(new AcsAuthClient(backend.client).getUser()).rejects.toMatchObject({
      code: "invalid_token",
      statusCode: 401,
      reason: "expired",
    });
    expect(backend.requests).toHaveLength(2);
  });

  it("is replaced by a new one where a gateway refuses it without a challenge", async () => {
    const backend = await startBackend(emulator());
    backend.answerNext(answer(401));
    expect(await new AcsAuthClient(backend.client).getUser()).toBeUndefined();
    expect(backend.signIns).toHaveLength(2);
  });
});

describe("a sign-in that fails", () => {
  const endpoint = "https://api.contoso.com";
  const callWith = (getAccessToken: () => never | string) =>
    new AcsAuthClient({
      endpoint,
      getAccessToken,
      fetch: () => Promise.reject(new Error("Nothing shall be sent.")),
    }).getUser();

  it("is sign_in_failed with its cause, and nothing is sent", async () => {
    const cause = new Error("The pop-up was closed.");
    const call = callWith(() => {
      throw cause;
    });
    await expect(call).rejects.toMatchObject({ name: "AcsAuthError", code: "sign_in_failed", cause });
  });

  it.each([
    { name: "InteractionRequiredAuthError" },
    { name: "AuthenticationRequiredError" },
    { name: "AcsAuthError", code: "interaction_required" },
  ])("is interaction_required if nothing goes on without the user: %o", async (error) => {
    const cause = Object.assign(new Error("Sign in again."), error);
    const call = callWith(() => {
      throw cause;
    });
    await expect(call).rejects.toMatchObject({ code: "interaction_required", cause });
  });

  it.each(["", "two words", "a\r\nx-injected: 1", undefined, 1])("is sign_in_failed if it gives %j", async (token) => {
    const call = callWith(() => token as string);
    await expect(call).rejects.toMatchObject({ code: "sign_in_failed" });
  });
});
