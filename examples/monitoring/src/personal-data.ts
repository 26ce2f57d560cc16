import { SpanKind } from "@opentelemetry/api";
import type { tracing } from "@opentelemetry/sdk-node";

const REDACTED = "[redacted]";

/** Who called, which the HTTP instrumentation takes down of every request that comes in. */
const CALLER_ATTRIBUTES = ["client.address", "network.peer.address", "network.peer.port", "user_agent.original"];

/** The Azure SDKs name identities, and clients of Microsoft Graph name users, in the URLs of their requests. */
const IDS = [
  /8(?::|%3A)(?:acs|dod-acs|gcch-acs)(?::|%3A)[\w-]+/gi,
  /(?<=\/users\/)[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}/gi,
];

/** Takes personal data out of each span before it is exported: addresses, identities and users. */
export class PersonalDataRedaction implements tracing.SpanProcessor {
  onEnding(span: Parameters<NonNullable<tracing.SpanProcessor["onEnding"]>>[0]): void {
    if (span.kind === SpanKind.SERVER) {
      for (const name of CALLER_ATTRIBUTES) if (name in span.attributes) span.setAttribute(name, REDACTED);
    }
    redact(span.attributes);
    for (const { attributes } of span.events) if (attributes) redact(attributes);
    const { code, message } = span.status;
    if (message !== undefined) span.setStatus({ code, message: withoutIds(message) });
  }

  onStart(): void {}
  onEnd(): void {}
  async forceFlush(): Promise<void> {}
  async shutdown(): Promise<void> {}
}

function redact(attributes: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "string") attributes[name] = withoutIds(value);
  }
}

function withoutIds(text: string): string {
  return IDS.reduce((redacted, id) => redacted.replace(id, REDACTED), text);
}
