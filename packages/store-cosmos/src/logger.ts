import { createClientLogger } from "@azure/logger";

/** Shown with `AZURE_LOG_LEVEL`. Carries no key, token, id of a person or id of an identity. */
export const logger = createClientLogger("acs-auth:store-cosmos");
