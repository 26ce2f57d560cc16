import type { ItemResponse } from "@azure/cosmos";
import { ErrorResponse } from "@azure/cosmos";
import { logger } from "./logger.js";

/** Logs, at the level `verbose`, what a point operation cost, in request units (RU), also if it was refused. */
export async function loggingCharge<T extends Pick<ItemResponse<object>, "statusCode" | "requestCharge">>(
  operation: string,
  send: () => Promise<T>,
): Promise<T> {
  try {
    const response = await send();
    logCharge(operation, response.statusCode, response.requestCharge);
    return response;
  } catch (error) {
    if (error instanceof ErrorResponse) logCharge(operation, error.code, error.headers?.["x-ms-request-charge"]);
    throw error;
  }
}

function logCharge(operation: string, status: unknown, charge: unknown): void {
  logger.verbose(`${operation} answered with status ${status} and cost ${charge ?? "an unknown number of"} RU`);
}
