import { createRequire } from "node:module";
import { createAzureSdkInstrumentation } from "@azure/opentelemetry-instrumentation-azure-sdk";
import { trace } from "@opentelemetry/api";
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-node";
import type { Utterance } from "./outlets.js";

/** Takes down every span, as an application does that exports its traces. Once per process. */
export function recordSpans(): { take(): Utterance[]; stop(): Promise<void> } {
  const exporter = new InMemorySpanExporter();
  const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  trace.setGlobalTracerProvider(provider);
  createAzureSdkInstrumentation().enable();
  // The instrumentation takes effect when @azure/core-tracing is required; its ES modules share the state.
  const core = createRequire(import.meta.url).resolve("@acs-auth/core/package.json");
  createRequire(core)("@azure/core-tracing");
  return {
    /** Those that have ended since it was last asked. */
    take() {
      const spans = [...exporter.getFinishedSpans()];
      exporter.reset();
      return spans.map(({ name, attributes, events, status, instrumentationScope }) => ({
        outlet: "span",
        isOurs: instrumentationScope.name.startsWith("@acs-auth/"),
        text: JSON.stringify({ name, attributes, events, status }),
      }));
    },
    stop: () => provider.shutdown(),
  };
}
