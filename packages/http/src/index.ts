export { type AzureFunctionOptions, type AzureFunctionsRequest, toAzureFunction } from "./adapters/azure-functions.js";
export { type ExpressMiddleware, toExpress } from "./adapters/express.js";
export {
  type FastifyPlugin,
  type FastifyReply,
  type FastifyRequest,
  type FastifyScope,
  toFastify,
} from "./adapters/fastify.js";
export { type FetchHandler, toFetch } from "./adapters/fetch.js";
export { type HonoContext, type HonoMiddleware, toHono } from "./adapters/hono.js";
export { type KoaContext, type KoaMiddleware, toKoa } from "./adapters/koa.js";
export { type NextRouteHandlers, toNextRouteHandlers } from "./adapters/next.js";
export { type NodeListener, toNodeListener } from "./adapters/node.js";
export type { WebRequest } from "./adapters/web-standard.js";
export { type AcsAuthHandler, createAcsAuthHandler } from "./create-handler.js";
export { EasyAuthVerifier } from "./easy-auth/easy-auth-verifier.js";
export type { EasyAuthVerifierOptions } from "./easy-auth/easy-auth-verifier-options.js";
export type { ProblemCode, ProblemDetails } from "./errors/problem.js";
export type {
  OpenApiHeader,
  OpenApiMediaType,
  OpenApiParameter,
  OpenApiReference,
  OpenApiResponse,
  OpenApiSchema,
} from "./openapi/component-types.js";
export type {
  OpenApiDocument,
  OpenApiOperation,
  OpenApiPathItem,
  OpenApiSecurityRequirement,
} from "./openapi/document-types.js";
export { openApiDocument } from "./openapi/openapi-document.js";
export type { OpenApiOptions } from "./openapi/openapi-options.js";
export type {
  AcsAuthHandlerOptions,
  Authorize,
  CorsOptions,
  HandlerService,
  RequestSummary,
  TokenGrant,
} from "./options.js";
export type {
  InMemoryRateLimit,
  RateLimiter,
  RateLimitOptions,
  SharedRateLimit,
} from "./rate-limit/rate-limit-options.js";
export type { RequestAuthenticator } from "./request-authenticator.js";
