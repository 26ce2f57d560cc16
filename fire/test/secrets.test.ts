import { createIdentityClient } from "@acs-auth/core";
import { CosmosIdentityStore } from "@acs-auth/store-cosmos";
import { onBehalfOf, parseMappingKeys } from "@acs-auth/store-graph";
import { TableIdentityStore } from "@acs-auth/store-table";
import { describe, expect, it } from "vitest";
import type { RemoteFault } from "../src/faults.js";
import { isShort } from "../src/intensity.js";
import { report } from "../src/report.js";
import { startEchoServer } from "../src/secrets/echo-server.js";
import { everythingOf } from "../src/secrets/outlets.js";
import { type Outcome, useCanaries } from "../src/secrets/probe.js";

const { canaries, emulator, servers, signIn, probe, leaks } = useCanaries();

const STATUSES = isShort ? [401, 503] : [400, 401, 403, 404, 408, 409, 412, 429, 500, 502, 503];
const FAULTS: readonly RemoteFault[] = [
  ...STATUSES.map((status) => ({ status })),
  { connection: "reset", stage: "after" },
  ...(isShort ? [] : ([{ connection: "reset" }, { connection: "hang" }] as const)),
];
const SERVICES = ["communication", "graph", "entra", "stores"] as const;

const ECHO_STATUSES = isShort ? [400, 500] : [400, 401, 403, 404, 409, 412, 429, 500, 503];

const EXPERIMENTS = SERVICES.flatMap((service) => FAULTS.map((fault) => ({ service, fault })));

function expectSilence(what: string, { succeeded, failed, said }: Outcome): void {
  const found = leaks(said);
  const figures = { failed, "texts searched": said.length, forms: canaries.size };
  report({ section: "secrets", what, tried: succeeded + failed, lost: found.length, figures });
  expect(found).toEqual([]);
}

/** What a service says of a failure, the SDKs log and trace as it comes; acs-auth answers for what it makes of it. */
function withoutSdks(outcome: Outcome): Outcome {
  return { ...outcome, said: outcome.said.filter(({ isOurs }) => isOurs) };
}

describe("no secret is said anywhere, and nothing personal by acs-auth,", () => {
  it("when all goes well", async () => {
    const outcome = await probe(await signIn(), servers().all, "in turn");
    expectSilence("success", outcome);
    expect(outcome.succeeded).toBeGreaterThan(outcome.failed);
    const outlets = outcome.said.map(({ outlet }) => outlet.split(" ")[0]);
    for (const outlet of ["log", "span", "answer"]) expect(outlets).toContain(outlet);
  });

  it.each(EXPERIMENTS)("when $service fails with $fault", async ({ service, fault }) => {
    if (service === "stores") servers().addStoreFault(fault);
    else emulator().faults.add({ service, ...fault });
    const outcome = await probe(await signIn(), servers().all, "at once");
    expectSilence(`${service}: ${JSON.stringify(fault)}`, outcome);
    expect(outcome.failed).toBeGreaterThan(0);
  });

  it.each(ECHO_STATUSES)("when ACS and the stores repeat each request with status %i", async (status) => {
    const echo = await startEchoServer(status);
    const outcome = await probe(await signIn(), servers().pointedAt(echo.url), "at once");
    expect(echo.signatures.length).toBeGreaterThan(0);
    for (const signature of echo.signatures) canaries.plant("signature of a request", signature);
    expectSilence(`echo with status ${status}`, withoutSdks(outcome));
    await echo.close();
  });

  it.each(["graph", "entra"] as const)("when %s repeats what it was sent", async (service) => {
    const caller = await signIn();
    const echo = `${caller.user.accessToken} ${caller.user.objectId} ${emulator().fixtures.applications.api.clientSecret}`;
    const body = {
      graph: { error: { code: echo, message: echo, innerError: { "request-id": echo } } },
      entra: { error: echo, error_description: echo, suberror: echo, trace_id: echo, correlation_id: echo },
    };
    emulator().faults.add({ service, status: 400, body: body[service] });
    const outcome = await probe(caller, servers().all, "at once");
    expectSilence(`echo of ${service}`, withoutSdks(outcome));
    expect(outcome.failed).toBeGreaterThan(0);
  });

  it("when tokens are refused", async () => {
    const caller = await signIn();
    const refused = {
      expired: await emulator().mintToken({ user: "user-one", lifetimeInSeconds: -600 }),
      "of another audience": await emulator().mintToken({ user: "user-one", audience: "graph" }),
      "signed by nobody": await emulator().mintToken({ user: "user-one", signWith: "unpublished" }),
      "of another tenant": await emulator().mintToken({ user: "foreign" }),
      "of an application": await emulator().mintToken({ application: "daemon" }),
      doubled: `${caller.user.accessToken}.${caller.user.accessToken}`,
    };
    for (const [kind, accessToken] of Object.entries(refused)) {
      canaries.plant("refused token", accessToken);
      const user = { ...caller.user, accessToken };
      const outcome = await probe({ user, teamsToken: accessToken }, servers().all, "at once");
      expectSilence(`refused token, ${kind}`, outcome);
      expect(outcome.failed).toBeGreaterThan(0);
    }
  });

  it("when what the server is configured with makes no sense", () => {
    const secret = "c2VjcmV0LXRoYXQtaXMtbWlzcGxhY2Vk";
    canaries.plant("misplaced secret", secret);
    const mistakes = [
      () => createIdentityClient(`endpoint=;accesskey=${secret}`),
      () => createIdentityClient(`endpoint=https://x.example/${secret};accesskey=${secret}`),
      () => createIdentityClient(`endpoint=https://x.example;accesskey=${secret}!`),
      () => createIdentityClient(secret),
      () => new TableIdentityStore({ connectionString: `AccountName=x;AccountKey=${secret}` }),
      () => new TableIdentityStore({ connectionString: secret }),
      () => new CosmosIdentityStore({ endpoint: secret, databaseName: "d", containerName: "c", key: secret }),
      () => parseMappingKeys(`${secret}:`),
      () => parseMappingKeys(`id:${secret}!`),
      () => onBehalfOf({ clientId: "", clientSecret: secret }),
    ];
    const errors = mistakes.map((mistake) => thrownBy(mistake));
    expect(errors.every((error) => error instanceof TypeError)).toBe(true);
    expect(leaks(errors.map((error) => ({ outlet: "error", isOurs: true, text: everythingOf(error) })))).toEqual([]);
  });
});

function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}
