import type { OrphanedIdentity } from "@acs-auth/core";
import type { RequestSummary } from "@acs-auth/http";
import { context, metrics, trace } from "@opentelemetry/api";
import { core } from "@opentelemetry/sdk-node";

const meter = metrics.getMeter("acs-auth");
const problems = meter.createCounter("acs_auth.problems", {
  description: "Answers with a problem, by its code.",
  unit: "{answer}",
});
const orphans = meter.createCounter("acs_auth.orphaned_identities", {
  description: "Identities that may have been left behind at ACS.",
  unit: "{identity}",
});

/**
 * For `onResponse` of the handler: gives the request's span and metric their route, without which neither tells one
 * operation from another, and counts problems.
 */
export function recordResponse({ route, code, requestId }: RequestSummary): void {
  const span = trace.getActiveSpan();
  span?.setAttribute("acs_auth.request_id", requestId);
  const rpc = core.getRPCMetadata(context.active());
  if (rpc && route) rpc.route = route;
  if (!code) return;
  span?.setAttribute("acs_auth.code", code);
  problems.add(1, { "acs_auth.code": code, ...(route ? { "http.route": route } : {}) });
}

/** For `onOrphanedIdentity` of the service, besides keeping the orphan. */
export function recordOrphan({ certainty, reason }: OrphanedIdentity): void {
  orphans.add(1, { "acs_auth.certainty": certainty, "acs_auth.reason": reason });
}
