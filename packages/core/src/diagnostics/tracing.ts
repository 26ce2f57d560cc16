import { createTracingClient } from "@azure/core-tracing";
import { version } from "../../package.json";

export const tracing = createTracingClient({
  namespace: "AcsAuth",
  packageName: "@acs-auth/core",
  packageVersion: version,
});
