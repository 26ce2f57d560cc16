export { type ExpressMiddleware, toExpress } from "./adapters/express.js";
export { type NodeListener, toNodeListener } from "./adapters/node.js";
export { type AcsAuthHandler, createAcsAuthHandler } from "./create-handler.js";
export { EasyAuthVerifier } from "./easy-auth/easy-auth-verifier.js";
export type { EasyAuthVerifierOptions } from "./easy-auth/easy-auth-verifier-options.js";
export type { ProblemCode, ProblemDetails } from "./errors/problem.js";
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
