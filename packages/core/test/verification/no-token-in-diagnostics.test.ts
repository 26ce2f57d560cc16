import { inspect } from "node:util";
import { type Instrumenter, type TracingSpan, useInstrumenter } from "@azure/core-tracing";
import { AzureLogger, setLogLevel } from "@azure/logger";
import { afterAll, beforeAll, expect, it } from "vitest";
import { EntraTokenVerifier, getBearerToken, OidcTokenVerifier, TeamsTokenVerifier } from "../../src/index.js";
import { encode } from "./support/signing.js";
import { API, CLIENT, HOME, type Minted, OTHER, TestAuthority, USER } from "./support/test-authority.js";

const CANARY = "canary-that-must-not-be-seen";
const ACS = "https://auth.msft.communication.azure.com";

const printed: string[] = [];
const spans: string[] = [];
const originalLog = AzureLogger.log;
let authority: TestAuthority;

beforeAll(async () => {
  authority = await TestAuthority.start();
  setLogLevel("verbose");
  AzureLogger.log = (...args) => printed.push(args.map((arg) => inspect(arg, { depth: null })).join(" "));
  useInstrumenter(recordingInstrumenter());
});

afterAll(async () => {
  await authority.close();
  AzureLogger.log = originalLog;
  setLogLevel(undefined);
});

const claims = { name: CANARY, preferred_username: `${CANARY}@home.example` };

const TOKENS: ReadonlyArray<Minted | (() => string | Promise<string>)> = [
  { claims },
  { claims: { ...claims, exp: 1 } },
  { claims: { ...claims, aud: CANARY } },
  { claims: { ...claims, iss: `https://${CANARY}.example/${HOME}/v2.0` } },
  { claims: { ...claims, tid: CANARY } },
  { claims: { ...claims, scp: CANARY } },
  { claims: { ...claims, oid: CANARY } },
  { claims: { ...claims, azp: CANARY } },
  { claims: { ...claims, ver: CANARY } },
  { claims: { ...claims, exp: CANARY } },
  { claims: { ...claims, [CANARY]: 1, [CANARY.toUpperCase()]: 2, TID: CANARY } },
  { claims: `{"${CANARY}":1,"${CANARY}":2}` },
  { claims: CANARY },
  { header: CANARY },
  { header: { alg: CANARY } },
  { header: { kid: CANARY } },
  { header: { kid: CANARY.repeat(20) } },
  { header: { typ: CANARY } },
  { header: { jku: CANARY } },
  { header: { crit: [CANARY] } },
  () => CANARY,
  () => `${CANARY}.${encode(claims)}.${CANARY}`,
  async () => `${(await authority.mint({ claims })).slice(0, -20)}AAAAAAAAAAAAAAAAAAAA`,
];

it("no error, log line or span holds a part of a token or a claim", async () => {
  const common = { authorityHost: authority.url };
  const verifiers = [
    new EntraTokenVerifier({ ...common, clientId: API, tenantId: HOME }),
    new EntraTokenVerifier({ ...common, clientId: API, tenantId: () => Promise.reject(new Error("no database")) }),
    new EntraTokenVerifier({ ...common, clientId: API, tenantId: HOME, authorizedClientIds: [CLIENT] }),
    new EntraTokenVerifier({ ...common, clientId: API, tenantId: HOME, keys: { timeoutInMs: 1 } }),
    new OidcTokenVerifier({ issuer: authority.issuer("2.0", HOME), audience: API }),
  ];
  const teams = new TeamsTokenVerifier({ ...common, clientId: CLIENT });
  const secrets = new Set([CANARY, encode(CANARY)]);
  const errors: unknown[] = [];

  for (const minted of TOKENS) {
    const token = typeof minted === "function" ? await minted() : await authority.mint(minted);
    for (const part of token.split(".")) for (const piece of part.match(/.{16}/g) ?? []) secrets.add(piece);
    const teamsToken =
      typeof minted === "function" ? token : await authority.mint({ ...minted, claims: teamsClaims(minted) });
    await Promise.all([
      ...verifiers.map((verifier) => verifier.verify(token).catch((error: unknown) => errors.push(error))),
      ...[USER, OTHER].map((objectId) =>
        teams.verify(teamsToken, { tenantId: HOME, objectId }).catch((error: unknown) => errors.push(error)),
      ),
    ]);
    try {
      getBearerToken(`Bearer ${token} ${token}`);
    } catch (error) {
      errors.push(error);
    }
  }

  expect(errors.length).toBeGreaterThan(100);
  expect(printed.length).toBeGreaterThan(100);
  expect(spans.length).toBeGreaterThan(100);
  expect(spans.join("\n")).toContain("EntraTokenVerifier.verify");
  const seen = [...errors.flatMap(everythingOf), ...printed, ...spans].join("\n");
  expect([...secrets].filter((secret) => seen.includes(secret))).toEqual([]);
});

function teamsClaims({ claims: given }: Minted): NonNullable<Minted["claims"]> {
  return typeof given === "string" ? given : { aud: ACS, scp: "Teams.ManageCalls", ...given };
}

function everythingOf(error: unknown): string[] {
  const { message, stack, cause } = error as Error;
  const shown = inspect(error, { depth: null, showHidden: true, maxStringLength: null });
  return [message, String(stack), JSON.stringify(error), shown, ...(cause === undefined ? [] : everythingOf(cause))];
}

/** Writes down the name, status and attributes of each span. */
function recordingInstrumenter(): Instrumenter {
  return {
    startSpan: (name, options) => {
      const context = options?.tracingContext ?? emptyContext();
      const record = (...values: unknown[]) => spans.push(inspect([name, ...values], { depth: null }));
      const span: TracingSpan = {
        setStatus: (status) => record(status),
        setAttribute: (attribute, value) => record(attribute, value),
        recordException: (exception) => record(exception),
        addEvent: (event, options) => record(event, options),
        isRecording: () => true,
        end: () => {},
      };
      return { span, tracingContext: context };
    },
    withContext: (_context, callback, ...args) => callback(...args),
    parseTraceparentHeader: () => undefined,
    createRequestHeaders: () => ({}),
  };
}

function emptyContext() {
  const context = { getValue: () => undefined, setValue: () => context, deleteValue: () => context };
  return context;
}
