import { checkPath } from "../check-path.js";

/** How the OpenAPI description is served. */
export interface OpenApiOptions {
  /** Its path, below `basePath`. Default: `/openapi.json`. */
  readonly path?: string;
  /**
   * Where clients reach the handler: an origin such as `https://api.contoso.com`, the path under which it is mounted
   * such as `/auth`, or both. Default: the origin that the description comes from.
   */
  readonly serverUrl?: string;
}

const SERVER_URL = /^(?!$)(?:https?:\/\/[\w.:[\]-]+)?(?:\/[\w.~-]+)*$/;

/** The options where the description is served; `undefined` where it is not. */
export function openApiSettings(openApi: boolean | OpenApiOptions = false): OpenApiOptions | undefined {
  if (typeof openApi === "boolean") return openApi ? {} : undefined;
  return openApi;
}

/** @throws TypeError that names the option. */
export function checkOpenApi(openApi: boolean | OpenApiOptions | undefined): void {
  const { path, serverUrl } = openApiSettings(openApi) ?? {};
  if (path !== undefined) checkPath(path, "openApi.path");
  if (serverUrl !== undefined && !SERVER_URL.test(serverUrl)) {
    throw new TypeError("openApi.serverUrl must be an origin, a path or both, and not end with a slash.");
  }
}
