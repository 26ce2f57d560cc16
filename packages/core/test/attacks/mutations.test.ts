import fc from "fast-check";
import { base64url } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EntraTokenVerifier, OidcTokenVerifier, TeamsTokenVerifier } from "../../src/index.js";
import { encode } from "../verification/support/signing.js";
import { API, CLIENT, HOME, OTHER, TestAuthority, USER } from "../verification/support/test-authority.js";
import { outcomeOf } from "./support/outcome.js";

const RUNS = 300;
const ACS = "https://auth.msft.communication.azure.com";
const CALLER = { tenantId: HOME, objectId: USER };

let authority: TestAuthority;
/** Tokens of different users that are accepted as they are, and who accepts them. */
let tokens: readonly string[];
let verify: (token: string) => Promise<unknown>;

const VERIFIERS = ["EntraTokenVerifier", "OidcTokenVerifier", "TeamsTokenVerifier"] as const;

async function prepare(name: (typeof VERIFIERS)[number]): Promise<void> {
  const common = { authorityHost: authority.url, keys: { cooldownInMs: 3_600_000 } };
  if (name === "EntraTokenVerifier") {
    const verifier = new EntraTokenVerifier({ ...common, clientId: API, tenantId: [HOME, OTHER] });
    verify = (token) => verifier.verify(token);
    tokens = await Promise.all([authority.mint(), authority.mint({ tenantId: OTHER, claims: { oid: OTHER } })]);
  } else if (name === "OidcTokenVerifier") {
    const issuer = authority.issuer("2.0", HOME);
    const verifier = new OidcTokenVerifier({ issuer, audience: API, scopeClaim: "scp", keys: common.keys });
    verify = (token) => verifier.verify(token);
    tokens = await Promise.all([authority.mint(), authority.mint({ claims: { sub: "another" } })]);
  } else {
    const verifier = new TeamsTokenVerifier({ ...common, clientId: CLIENT });
    verify = (token) => verifier.verify(token, CALLER);
    const teams = { aud: ACS, scp: "Teams.ManageCalls" };
    tokens = await Promise.all(
      ["Teams.ManageCalls", "Teams.ManageChats"].map((scp) => authority.mint({ claims: { ...teams, scp } })),
    );
  }
  await Promise.all(tokens.map((token) => verify(token)));
}

/** A variant of a genuine token, told how by what fast-check came up with. */
async function expectRefused<T>(variants: fc.Arbitrary<T>, vary: (given: T) => string, examples: [T][] = []) {
  await fc.assert(
    fc.asyncProperty(variants, async (given) => {
      const token = vary(given);
      fc.pre(!tokens.includes(token));
      expect(await outcomeOf(verify(token), token)).toBe("refused");
    }),
    { numRuns: RUNS, examples },
  );
}

beforeAll(async () => {
  authority = await TestAuthority.start();
});
afterAll(() => authority.close());

const genuine = () => tokens[0] ?? "";
const part = (index: number, of = genuine()) => of.split(".")[index] ?? "";
const members = (index: number) => JSON.parse(new TextDecoder().decode(base64url.decode(part(index)))) as object;
const at = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const jwtCharacter = fc.constantFrom(..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
const edits = fc.dictionary(
  fc.oneof(fc.constantFrom("alg", "kid", "typ", "iss", "aud", "tid", "oid", "sub", "exp", "scp", "ver"), fc.string()),
  fc.oneof(fc.jsonValue(), fc.constantFrom(HOME, OTHER, USER, API, CLIENT, "RS256", "none", "HS256", "key-1")),
  { minKeys: 1, maxKeys: 4 },
);

describe.each(VERIFIERS)("%s never accepts, and always refuses with a reason and without repeating it,", (name) => {
  beforeAll(() => prepare(name));

  it("a token with a bit flipped in one of its three parts", async () => {
    const flips = fc.record({
      index: fc.integer({ min: 0, max: 2 }),
      position: at,
      bit: fc.integer({ min: 0, max: 7 }),
    });
    await expectRefused(
      flips,
      ({ index, position, bit }) => {
        const bytes = Uint8Array.from(base64url.decode(part(index)));
        const byte = Math.floor(position * bytes.length);
        bytes[byte] = (bytes[byte] ?? 0) ^ (1 << bit);
        return genuine().split(".").with(index, base64url.encode(bytes)).join(".");
      },
      [[{ index: 2, position: 0.9999, bit: 0 }]],
    );
  });

  it("a token with a character replaced", async () => {
    await expectRefused(fc.record({ position: at, character: jwtCharacter }), ({ position, character }) => {
      const characters = [...genuine()];
      const index = Math.floor(position * characters.length);
      return characters[index] === "." ? `${genuine()}A` : characters.with(index, character).join("");
    });
  });

  it("a token whose last character is spelled otherwise", async () => {
    await expectRefused(jwtCharacter, (character) => genuine().slice(0, -1) + character);
  });

  it("a header or claims edited under the old signature", async () => {
    const index = fc.constantFrom(0, 1);
    await expectRefused(fc.record({ index, edits }), (given) => {
      const edited = encode(JSON.stringify({ ...members(given.index), ...given.edits }));
      return genuine().split(".").with(given.index, edited).join(".");
    });
  });

  it("three parts in another order, or of different tokens", async () => {
    const source = fc.record({ token: fc.constantFrom(0, 1), index: fc.integer({ min: 0, max: 2 }) });
    await expectRefused(fc.tuple(source, source, source), (sources) =>
      sources.map(({ token, index }) => part(index, tokens[token])).join("."),
    );
  });

  it("any other three parts", async () => {
    const anything = fc.oneof(
      fc
        .base64String({ minLength: 1 })
        .map((text) => text.replace(/=+$/, "").replaceAll("+", "-").replaceAll("/", "_")),
      fc.json().map(encode),
      fc.string(),
    );
    await expectRefused(fc.tuple(anything, anything, anything), (parts) =>
      parts.map((text) => text.replaceAll(".", "")).join("."),
    );
  });
});

describe("claims signed with the right key", () => {
  beforeAll(() => prepare("EntraTokenVerifier"));

  it("are accepted only for a user of an allowed tenant, whatever else they hold", async () => {
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(edits, async (given) => {
        const claims = { ...authority.claims(), ...given };
        const token = await authority.mint({ claims: JSON.stringify(claims) });
        const outcome = await outcomeOf(verify(token), token);
        if (outcome === "refused") return;
        expect(outcome).toBe("accepted");
        accepted += 1;
        expect(claims).toMatchObject({ tid: HOME, ver: "2.0", iss: authority.issuer("2.0", HOME) });
        expect([claims["aud"]].flat()).toContain(API);
        expect(String(claims["scp"]).split(" ")).toContain("access_as_user");
      }),
      { numRuns: RUNS },
    );
    expect(accepted).toBeGreaterThan(0);
  });
});
