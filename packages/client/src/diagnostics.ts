import { createClientLogger } from "@azure/logger";

/** Shown with `setLogLevel` or `AZURE_LOG_LEVEL`. Carries no token and no id of a person or identity. */
export const logger = createClientLogger("acs-auth:client");
