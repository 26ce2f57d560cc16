import { inspect } from "node:util";
import { captureLogs } from "test-support";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { KEY, newIdentity, newMapping, type SignedIn, useGraph } from "./support/harness.js";

const { emulator, newStore, newAppOnlyStore, signIn } = useGraph();
const logged = captureLogs("verbose");

/** The tokens that went to Graph. */
const graphTokens = new Set<string>();
beforeEach(() => {
  const { fetch } = globalThis;
  vi.spyOn(globalThis, "fetch").mockImplementation((input, init) => {
    const token = new Headers(init?.headers).get("authorization")?.replace("Bearer ", "");
    if (token) graphTokens.add(token);
    return fetch(input, init);
  });
});
afterEach(() => vi.restoreAllMocks());

const TROUBLES: [string, (caller: SignedIn) => void][] = [
  ["nothing", () => {}],
  ["an outage of Graph", () => void emulator().faults.add({ service: "graph", status: 503, retryAfterInSeconds: 60 })],
  ["a refusal of Graph", () => void emulator().faults.add({ service: "graph", status: 403, code: "AccessDenied" })],
  ["a refused token", () => void emulator().faults.add({ service: "graph", status: 401 })],
  ["a cut connection to Graph", () => void emulator().faults.add({ service: "graph", connection: "reset" })],
  ["a gateway's page", () => void emulator().faults.add({ service: "graph", status: 502, body: "<html></html>" })],
  [
    "a Graph that repeats the request",
    ({ user, options }) => {
      const message = `${options.userAssertion} ${user.objectId}`;
      const body = { error: { code: options.userAssertion, message } };
      emulator().faults.add({ service: "graph", status: 400, body });
    },
  ],
  [
    "an outage of Entra ID",
    () => void emulator().faults.add({ service: "entra", method: "POST", status: 503, retryAfterInSeconds: 60 }),
  ],
  ["a second factor", () => void emulator().entra.requireMfa({ user: "user-one", resource: "graph" })],
  [
    "missing consent",
    () => emulator().entra.revokeConsent({ user: "user-one", application: "api", resource: "graph" }),
  ],
  [
    "an Entra ID that repeats the request",
    ({ options }) => {
      const body = { error: options.userAssertion, suberror: options.userAssertion, trace_id: options.userAssertion };
      emulator().faults.add({ service: "entra", method: "POST", status: 400, body });
    },
  ],
];

it.each(TROUBLES)("no token, key or id is in an error or a log: %s", async (_, trouble) => {
  const caller = await signIn();
  const { user, options } = caller;
  await newStore().insertIfAbsent(newMapping(user), options);
  trouble(caller);

  const store = newStore();
  const mapping = newMapping(user);
  const outcomes = await Promise.allSettled([
    store.get(user, options),
    store.insertIfAbsent(mapping, options),
    store.removeIfMatches(user, newIdentity(), options),
    newAppOnlyStore().get(user),
    newAppOnlyStore({ secret: "a-wrong-secret-of-this-test" }).get(user),
  ]);
  const errors = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason as unknown] : []));
  expect(errors.length).toBeGreaterThan(0);
  const printed = [...errors.map((error) => inspect(error, { depth: 10, showHidden: true })), ...logged()].join("\n");

  expect(graphTokens.size).toBeGreaterThan(0);
  const secrets = [options.userAssertion, ...graphTokens].flatMap((token) => [token, ...token.split(".")]);
  for (const secret of [
    ...secrets,
    emulator().fixtures.applications.api.clientSecret,
    "a-wrong-secret-of-this-test",
    Buffer.from(KEY.key).toString("base64"),
  ]) {
    expect(printed.includes(secret), `a secret of ${secret.length} characters was printed`).toBe(false);
  }
  const ours = [
    ...errors.map((error) => inspect(error, { depth: 10 })),
    ...logged().filter((line) => line.includes("acs-auth:")),
  ].join("\n");
  for (const id of [user.objectId, mapping.communicationUserId]) expect(ours).not.toContain(id);
});
