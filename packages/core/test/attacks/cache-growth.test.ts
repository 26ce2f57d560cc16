import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  AcsAuthService,
  type AcsAuthServiceOptions,
  type AuthenticatedUser,
  EntraTokenVerifier,
  type IdentityStore,
  TOKEN_SCOPES,
} from "../../src/index.js";
import { encode } from "../verification/support/signing.js";
import { API, HOME, OTHER, TestAuthority } from "../verification/support/test-authority.js";
import { heldAfter } from "./support/heap.js";
import { SimulatedAcs } from "./support/simulated-acs.js";

const MEGABYTE = 1024 * 1024;
const CALLS = 5_000;
const MAX_ENTRIES = 100;

/** A store that holds nothing in this process: whose identity is whose can be computed. */
const COMPUTED: IdentityStore = {
  name: "computed",
  capabilities: { insert: "process", conditionalRemove: true, list: false },
  get: async (user) => ({ user, communicationUserId: identityOf(user.objectId), createdOn: new Date() }),
  insertIfAbsent: async (mapping) => ({ inserted: true, mapping }),
  removeIfMatches: async () => true,
};

function identityOf(objectId: string): string {
  const hexadecimal = Buffer.from(objectId).toString("hex").padStart(12, "0").slice(-12);
  return `8:acs:11111111-1111-4111-8111-111111111111_00000000-0000-4000-8000-${hexadecimal}`;
}

/** ACS that gives each token four kilobytes and keeps nothing. */
class ForgetfulAcs extends SimulatedAcs {
  override async getToken() {
    this.requests += 1;
    return { token: randomBytes(2048).toString("hex"), expiresOn: new Date(Date.now() + 24 * 3_600_000) };
  }
}

function start(options: Partial<AcsAuthServiceOptions> = {}) {
  const acs = new ForgetfulAcs();
  const service = new AcsAuthService({
    identityClient: acs,
    store: COMPUTED,
    mappingCache: { maxEntries: MAX_ENTRIES },
    tokenReuse: { maxEntries: MAX_ENTRIES },
    ...options,
  });
  return { acs, service };
}

/** A user with an access token of two kilobytes, which no cache may hold on to. */
function user(n: number): AuthenticatedUser {
  const accessToken = randomBytes(1024).toString("hex");
  return { tenantId: "tenant", objectId: `u${n}`, accessToken, scopes: [], clientId: undefined, claims: {} };
}

describe("what a service remembers of its callers is bounded", () => {
  it("by maxEntries, however many users come", async () => {
    const { acs, service } = start();
    const held = await heldAfter(async () => {
      for (let n = 0; n < CALLS; n++) await service.issueToken(user(n));
    });
    // A hundred tokens of four kilobytes, and not five thousand.
    expect(held).toBeLessThan(4 * MEGABYTE);
    const before = acs.requests;
    await service.issueToken(user(CALLS - 1));
    expect(acs.requests).toBe(before);
    await service.issueToken(user(0));
    expect(acs.requests).toBe(before + 1);
  });

  it("to eight tokens for one user, however many different ones are asked for", async () => {
    const { acs, service } = start();
    const ask = (n: number) =>
      service.issueToken(user(1), { tokenExpiresInMinutes: 60 + n, scopes: [...TOKEN_SCOPES] });
    for (let n = 0; n <= 1380; n++) await ask(n);
    const before = acs.requests;
    for (let n = 1373; n <= 1380; n++) await ask(n);
    expect(acs.requests).toBe(before);
    await ask(1372);
    expect(acs.requests).toBe(before + 1);
  });

  it("to nothing, where calls fail or nobody waits for them", async () => {
    const { service } = start({
      store: { ...COMPUTED, get: async () => Promise.reject(new Error("store down")) },
      tokenReuse: {},
      mappingCache: {},
    });
    const held = await heldAfter(async () => {
      for (let n = 0; n < CALLS; n++) {
        const abort = new AbortController();
        const calls = [service.issueToken(user(n)), service.getUser(user(n), { abortSignal: abort.signal })];
        abort.abort();
        await Promise.allSettled(calls);
      }
    });
    expect(held).toBeLessThan(4 * MEGABYTE);
  });
});

describe("what a verifier remembers of tokens is nothing", () => {
  let authority: TestAuthority;
  beforeAll(async () => {
    authority = await TestAuthority.start();
  });
  afterAll(() => authority.close());

  it("however many key ids and tokens it has refused or accepted", async () => {
    const verifier = new EntraTokenVerifier({ clientId: API, tenantId: () => true, authorityHost: authority.url });
    const genuine = await authority.mint();
    await verifier.verify(genuine);
    const padding = () => randomBytes(1024).toString("hex");
    const held = await heldAfter(async () => {
      for (let n = 0; n < CALLS; n++) {
        const unknown = `${encode({ alg: "RS256", kid: `unknown-${n}` })}.${encode({ ...authority.claims(), padding: padding() })}.AAAA`;
        const foreign = `${encode({ alg: "RS256", kid: "key-1" })}.${encode(authority.claims("2.0", OTHER))}.AAAA`;
        await Promise.allSettled([verifier.verify(unknown), verifier.verify(foreign), verifier.verify(padding())]);
      }
      for (let n = 0; n < 200; n++) await verifier.verify(await authority.mint({ claims: { padding: padding() } }));
    });
    expect(held).toBeLessThan(4 * MEGABYTE);
    expect((await verifier.verify(genuine)).tenantId).toBe(HOME);
  });
});
