import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { defaultFixtures } from "@acs-auth/emulator";
import { beforeAll, describe, expect, it } from "vitest";
import { type Figure, figuresIn, type Span, spansIn } from "./support/console-output.js";
import { run } from "./support/run.js";

/** Who called, whom for and with what: nothing of it may be exported. */
const PERSONAL = [
  /8(?::|%3a)acs/i,
  /eyJ/,
  /203\.0\.113\.7/,
  /contoso-browser/,
  ...Object.values(defaultFixtures.users).flatMap(({ objectId, displayName, email }) =>
    [objectId, displayName, email ?? objectId].map((text) => new RegExp(text, "i")),
  ),
];

describe("without a collector", () => {
  let output: string;
  let spans: readonly Span[];
  let figures: readonly Figure[];

  beforeAll(async () => {
    output = await run();
    spans = spansIn(output);
    figures = figuresIn(output);
  }, 60_000);

  it("a request is one trace: from HTTP by way of the service to the request to ACS", () => {
    const toAcs = spans.find(({ attributes }) => String(attributes["http.url"]).includes("/identities?"));
    expect(namesUpFrom(toAcs)).toEqual([
      "HTTP POST",
      "IdentityRestClient.create",
      "CommunicationIdentity-createUserAndToken",
      "AcsAuthService.issueToken",
      "POST /api/token",
    ]);
  });

  it("the verification of the access token stands in the trace too", () => {
    const verifications = spans.filter(({ name }) => name === "EntraTokenVerifier.verify");
    expect(verifications).toHaveLength(7);
    expect(namesUpFrom(verifications[0])).toEqual(["EntraTokenVerifier.verify", "POST /api/token"]);
  });

  it("the span of a refused request has the problem's code and the request id", () => {
    const refused = spans.filter(({ attributes }) => attributes["acs_auth.code"] !== undefined);
    expect(refused.map(({ attributes }) => attributes["acs_auth.code"])).toEqual([
      "throttled",
      "identity_not_found",
      "invalid_token",
    ]);
    for (const { attributes } of refused) expect(attributes["acs_auth.request_id"]).toMatch(/^[\da-f-]{36}$/);
  });

  it("durations are measured by route and status", () => {
    const requests = pointsOf("http.server.request.duration").map(
      ({ attributes, value }) =>
        `${attributes["http.request.method"]} ${attributes["http.route"]} ${attributes["http.response.status_code"]}` +
        `: ${typeof value === "object" ? value.count : value}`,
    );
    expect(requests).toContain("POST /api/token 201: 1");
    expect(requests).toContain("GET /api/token 429: 1");
    expect(requests).toContain("DELETE /api/user 204: 1");
  });

  it("requests to ACS are measured by status", () => {
    const statuses = pointsOf("http.client.request.duration").map(
      ({ attributes }) => attributes["http.response.status_code"],
    );
    expect(statuses).toEqual(expect.arrayContaining([200, 201, 204, 429]));
  });

  it("problems are counted by code and route, orphans by certainty and reason", () => {
    expect(pointsOf("acs_auth.problems").map(({ attributes, value }) => [attributes, value])).toEqual([
      [{ "acs_auth.code": "throttled", "http.route": "/api/token" }, 1],
      [{ "acs_auth.code": "identity_not_found", "http.route": "/api/token" }, 1],
      [{ "acs_auth.code": "invalid_token", "http.route": "/api/user" }, 1],
    ]);
    expect(pointsOf("acs_auth.orphaned_identities").map(({ attributes, value }) => [attributes, value])).toEqual([
      [{ "acs_auth.certainty": "possible", "acs_auth.reason": "create_reply_lost" }, 1],
    ]);
  });

  it.each(PERSONAL)("%s is not exported", (text) => {
    expect(output).not.toMatch(text);
  });

  function namesUpFrom(span: Span | undefined): string[] {
    if (!span) return [];
    const { traceId, spanId } = span.parentSpanContext ?? {};
    return [span.name, ...namesUpFrom(spans.find((other) => other.traceId === traceId && other.id === spanId))];
  }

  function pointsOf(name: string) {
    return figures.find(({ descriptor }) => descriptor.name === name)?.dataPoints ?? [];
  }
});

it("with a collector, spans and metrics go there instead of to the console, and nothing personal does", async () => {
  const received = new Map<string, string>();
  const collector = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request.setEncoding("latin1")) body += chunk;
    received.set(request.url ?? "", (received.get(request.url ?? "") ?? "") + body);
    response.writeHead(200, { "content-type": "application/x-protobuf" }).end();
  }).listen(0, "127.0.0.1");
  await once(collector, "listening");
  const { port } = collector.address() as AddressInfo;
  const output = await run({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` });
  collector.close();

  expect(received.get("/v1/traces")).toContain("AcsAuthService.issueToken");
  expect(received.get("/v1/metrics")).toContain("acs_auth.orphaned_identities");
  expect(output).toBe("");
  const everything = [...received.values()].join("\n");
  for (const text of PERSONAL) expect(everything).not.toMatch(text);
}, 60_000);
