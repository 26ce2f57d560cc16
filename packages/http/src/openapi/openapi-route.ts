import type { AcsAuthHandlerOptions } from "../options.js";
import type { Operation, Operations } from "../routes.js";
import { openApiDocument } from "./openapi-document.js";
import { openApiSettings } from "./openapi-options.js";

interface OpenApiRoute {
  readonly path: string;
  readonly operations: Operations;
}

/** The route of the description, where it is served: there is nothing secret in it, so it is for everybody. */
export function openApiRoute(options: AcsAuthHandlerOptions): OpenApiRoute | undefined {
  const settings = openApiSettings(options.openApi);
  if (!settings) return undefined;
  const { path = "/openapi.json" } = settings;
  const headers = { "content-type": "application/json", "cache-control": "public, max-age=300" };
  const body = JSON.stringify(openApiDocument(options));
  const serve: Operation = async () => ({ status: 200, headers, body });
  return {
    path: (options.basePath ?? "") + path,
    operations: new Map([
      ["GET", serve],
      ["HEAD", serve],
    ]),
  };
}
