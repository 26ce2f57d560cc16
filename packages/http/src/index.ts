export { type ExpressMiddleware, toExpress } from "./adapters/express.js";
export { type NodeListener, toNodeListener } from "./adapters/node.js";
export { type AcsAuthHandler, createAcsAuthHandler } from "./create-handler.js";
export type { ProblemCode, ProblemDetails } from "./errors/problem.js";
export type {
  AcsAuthHandlerOptions,
  Authorize,
  CorsOptions,
  HandlerService,
  RequestSummary,
  TokenGrant,
} from "./options.js";
