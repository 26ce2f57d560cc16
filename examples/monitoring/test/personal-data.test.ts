import { SpanKind, SpanStatusCode } from "@opentelemetry/api";
import { tracing } from "@opentelemetry/sdk-node";
import { expect, it } from "vitest";
import { PersonalDataRedaction } from "../src/personal-data.js";

const OBJECT_ID = "b0000000-0000-4000-8000-000000000001";
const IDENTITY = `8:acs:${OBJECT_ID}_${OBJECT_ID}`;

const exporter = new tracing.InMemorySpanExporter();
const provider = new tracing.BasicTracerProvider({
  spanProcessors: [new PersonalDataRedaction(), new tracing.SimpleSpanProcessor(exporter)],
});
const tracer = provider.getTracer("test");

it("the caller's address and browser are taken out of the spans of incoming requests", () => {
  const caller = { "client.address": "203.0.113.7", "network.peer.address": "::1", "user_agent.original": "contoso" };
  tracer.startSpan("GET", { kind: SpanKind.SERVER, attributes: { ...caller, "url.path": "/api/user" } }).end();
  expect(lastSpan()).toMatchObject({
    attributes: {
      "client.address": "[redacted]",
      "network.peer.address": "[redacted]",
      "user_agent.original": "[redacted]",
      "url.path": "/api/user",
    },
  });
});

it.each([
  [`https://contoso.communication.azure.com/identities/${IDENTITY}`, ".com/identities/[redacted]"],
  [`/identities/${encodeURIComponent(IDENTITY)}/:issueAccessToken`, "/[redacted]/:issueAccessToken"],
  [`https://graph.microsoft.com/v1.0/users/${OBJECT_ID}/extensions`, "/users/[redacted]/extensions"],
])("ids are taken out of attributes, events and status: %s", (text, rest) => {
  const span = tracer.startSpan("HTTP POST", { attributes: { "http.url": text, "http.status_code": 500 } });
  span.recordException(new Error(text));
  span.setStatus({ code: SpanStatusCode.ERROR, message: text });
  span.end();
  const { attributes, events, status } = lastSpan() ?? {};
  expect(attributes?.["http.url"]).toContain(rest);
  expect(attributes?.["http.status_code"]).toBe(500);
  expect(events?.[0]?.attributes?.["exception.message"]).toContain(rest);
  expect(status).toEqual({ code: SpanStatusCode.ERROR, message: expect.stringContaining(rest) });
  expect(JSON.stringify([attributes, events, status])).not.toContain(OBJECT_ID);
});

function lastSpan() {
  return exporter.getFinishedSpans().at(-1);
}
