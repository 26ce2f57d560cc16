import { createAzureSdkInstrumentation } from "@azure/opentelemetry-instrumentation-azure-sdk";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { HttpInstrumentation } from "@opentelemetry/instrumentation-http";
import { metrics, NodeSDK, resources, tracing } from "@opentelemetry/sdk-node";
import { PersonalDataRedaction } from "./personal-data.js";

const { BatchSpanProcessor, ConsoleSpanExporter } = tracing;
const { ConsoleMetricExporter, PeriodicExportingMetricReader } = metrics;
const { envDetector, hostDetector } = resources;

const usesCollector = Boolean(process.env["OTEL_EXPORTER_OTLP_ENDPOINT"]);

// A request of an Azure SDK is one span, not a second one of node:https below it.
process.env["AZURE_HTTP_TRACING_CHILDREN_DISABLED"] ??= "true";

/** Loaded before everything else, by `node --import`. Without a collector, everything goes to the console. */
const sdk = new NodeSDK({
  serviceName: process.env["OTEL_SERVICE_NAME"] ?? "acs-auth",
  // Not the process: its owner and its arguments say too much.
  resourceDetectors: [envDetector, hostDetector],
  instrumentations: [new HttpInstrumentation(), createAzureSdkInstrumentation()],
  spanProcessors: [
    new PersonalDataRedaction(),
    new BatchSpanProcessor(usesCollector ? new OTLPTraceExporter() : new ConsoleSpanExporter()),
  ],
  // With a collector the SDK makes its own, as the variables `OTEL_EXPORTER_OTLP_*` say.
  ...(usesCollector
    ? {}
    : { metricReaders: [new PeriodicExportingMetricReader({ exporter: new ConsoleMetricExporter() })] }),
  logRecordProcessors: [],
});
sdk.start();

// When the server has closed and nothing is left to do.
process.once("beforeExit", () => sdk.shutdown());
