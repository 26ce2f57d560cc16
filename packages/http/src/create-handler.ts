import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { cors } from "hono/cors";
import { HttpProblem } from "./errors/http-problem.js";
import { notFound, respondWithProblem } from "./errors/respond-with-problem.js";
import { type HandlerEnv, observe } from "./observe.js";
import { type AcsAuthHandlerOptions, checkOptions } from "./options.js";
import { createRoutes, type Operations } from "./routes.js";

const DEFAULT_MAX_BODY_BYTES = 64 * 1024;
const PREFLIGHT_MAX_AGE_IN_SECONDS = 600;

/** Answers Web-standard requests; never rejects. */
export interface AcsAuthHandler {
  (request: Request): Promise<Response>;
  /** Whether a path, as it stands in the request line, is one of the handler's routes. Any other is answered 404. */
  handles(path: string): boolean;
}

/**
 * Makes the HTTP side of `AcsAuthService`: the routes and bodies of Microsoft's sample servers, so that their clients
 * work unchanged, with errors as RFC 9457 problem details and RFC 6750 challenges.
 *
 * | route | success |
 * | --- | --- |
 * | `GET /api/user` | 200 `{ acsUserIdentity }` |
 * | `POST /api/user` | 201 when created, 200 otherwise, `{ acsUserIdentity }` |
 * | `DELETE /api/user` | 204 |
 * | `GET /api/token`, `POST /api/token` `{ scopes?, expiresInMinutes? }` | 201 `{ token, expiresOn, user }` |
 * | `GET /api/token/teams` with `teams-user-aad-token`, `POST /api/token/teams` `{ accessToken }` | 201 `{ token, expiresOn }` |
 * | `POST /api/token/revoke` | 204 |
 * | `POST /exchange` `{ accessToken }` | 200 `{ token, expiresOn }` |
 *
 * @throws TypeError for a missing or impossible option; the message names it.
 * @see https://www.rfc-editor.org/rfc/rfc9457
 * @see https://www.rfc-editor.org/rfc/rfc6750
 */
export function createAcsAuthHandler(options: AcsAuthHandlerOptions): AcsAuthHandler {
  checkOptions(options);
  const { maxBodyBytes = DEFAULT_MAX_BODY_BYTES } = options;
  const routes = createRoutes(options);

  const app = new Hono<HandlerEnv>({ strict: false });
  app.use(observe(options.onResponse));
  app.onError(respondWithProblem(options.authorizationUri));
  app.notFound(notFound);
  for (const [path, operations] of routes) {
    app.use(path, async (context, next) => {
      context.set("route", path);
      await next();
    });
    if (options.cors) app.use(path, crossOrigin(options.cors.origins, operations));
    app.use(path, bodyLimit({ maxSize: maxBodyBytes, onError: bodyTooLarge }));
    app.all(path, (context) => perform(operations, context));
  }

  return Object.assign(async (request: Request) => app.fetch(request), {
    handles: (path: string) => routes.has(path.endsWith("/") ? path.slice(0, -1) : path),
  });
}

async function perform(operations: Operations, context: Context<HandlerEnv>): Promise<Response> {
  const operation = operations.get(context.req.method);
  if (!operation) return withoutOperation(operations, context.req.method);
  try {
    return await operation(context);
  } catch (error) {
    throw error instanceof Error ? error : new TypeError("Something that is no error was thrown.", { cause: error });
  }
}

function crossOrigin(origins: readonly string[], operations: Operations) {
  return cors({
    origin: [...origins],
    allowMethods: [...operations.keys()],
    allowHeaders: ["Authorization", "Content-Type", "teams-user-aad-token"],
    exposeHeaders: ["WWW-Authenticate", "Retry-After", "X-Request-Id"],
    maxAge: PREFLIGHT_MAX_AGE_IN_SECONDS,
  });
}

function bodyTooLarge(): never {
  throw new HttpProblem({ status: 413, code: "invalid_request", detail: "The body is too large.", reason: "body" });
}

function withoutOperation(operations: Operations, method: string): Response {
  const headers = { allow: [...operations.keys(), "OPTIONS"].join(", ") };
  if (method === "OPTIONS") return new Response(null, { status: 204, headers });
  throw new HttpProblem({
    status: 405,
    code: "method_not_allowed",
    detail: "The method is not allowed on this path.",
    headers,
  });
}
