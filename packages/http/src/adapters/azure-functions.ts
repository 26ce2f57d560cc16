import type { AcsAuthHandler } from "../create-handler.js";
import { answer, type WebRequest } from "./web-standard.js";

/** What the adapter needs of the `HttpRequest` of Azure Functions. */
export interface AzureFunctionsRequest extends WebRequest {
  /** Not read by anybody yet. */
  readonly body: Request["body"];
}

/** The options of `app.http` of Azure Functions. */
export interface AzureFunctionOptions {
  /** No function keys: the handler itself checks who calls. */
  readonly authLevel: "anonymous";
  /** Every method that the host knows: the handler answers 405 where it has none. */
  readonly methods: ("GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS")[];
  /** `{*path}`: every path that no other function has. */
  readonly route: string;
  /** Answers a request. */
  handler(request: AzureFunctionsRequest): Promise<Response>;
}

/**
 * Serves the handler's routes with Azure Functions (programming model v4), as one function for every path that no other
 * function has. The host puts `api` before every route: for `/exchange`, and for a `basePath`, set
 * `extensions.http.routePrefix` to `""` in `host.json`. The host does not tell whether a client is gone.
 *
 * @example
 * ```ts
 * app.http("acs-auth", toAzureFunction(handler));
 * ```
 */
export function toAzureFunction(handler: AcsAuthHandler): AzureFunctionOptions {
  return {
    authLevel: "anonymous",
    methods: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"],
    route: "{*path}",
    handler: (request) => answer(handler, request, request.body),
  };
}
