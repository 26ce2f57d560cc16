import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Place } from "../snapshot/place.js";
import { AccessTokens, type TokenIntrospection } from "./access-tokens.js";
import { checkApiVersion } from "./api-version.js";
import { authenticate, type VerifyAccessToken } from "./authentication.js";
import { CommunicationError, errorBody } from "./communication-error.js";
import { entraExchangeRoutes, pathOf } from "./entra-exchange.js";
import { Identities } from "./identities.js";
import { IssuedTokens } from "./issued-tokens.js";
import { type CommunicationOptions, resolveOptions } from "./options.js";
import { RateLimiter } from "./rate-limiter.js";
import { responseHeaders } from "./response-headers.js";
import { identityRoutes } from "./routes.js";
import { type CommunicationSnapshot, exportCommunication, readCommunication } from "./snapshot.js";
import { type CommunicationState, readState } from "./state.js";

/** The real service's limit is not known. */
const limitBody = bodyLimit({
  maxSize: 256 * 1024,
  onError: () => {
    throw new CommunicationError({ status: 413, code: "RequestTooLarge", message: "The request is too large." });
  },
});

export interface CommunicationDependencies extends CommunicationOptions {
  readonly verifyAccessToken: VerifyAccessToken;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The emulated Azure Communication Services resource. */
export interface Communication {
  /** Serves every route, at the root of the listener. */
  readonly app: Hono;
  readonly resourceId: string;
  readonly accessKey: string;
  introspectToken(token: string): Promise<TokenIntrospection>;
  state(): CommunicationState;
  /** Takes in what it needs before it waits for anything. */
  exportState(): Promise<CommunicationSnapshot>;
  /** Reads what was exported. @returns what puts it into force. @throws TypeError that names what does not fit. */
  readState(place: Place): Promise<() => void>;
  /** Forgets all identities and tokens. */
  reset(): void;
}

export async function createCommunication(dependencies: CommunicationDependencies): Promise<Communication> {
  const { verifyAccessToken, now } = dependencies;
  const { resourceId, accessKey, rateLimits, unknown } = resolveOptions(dependencies);
  const identities = new Identities({ resourceId, deletedIdentity: unknown.deletedIdentity, now });
  const issued = new IssuedTokens();
  const accessTokens = await AccessTokens.create({ resourceId, issued, now });
  const parts = { resourceId, keys: accessTokens.keys, identities, issued };
  const rateLimiter = new RateLimiter({
    limits: rateLimits,
    answer: unknown.throttled,
    retryAfter: unknown.throttledRetryAfter,
    now,
  });
  const { clockSkewInMinutes, unknownScope, invalidEntraToken } = unknown;
  const revocationDelayInMs = unknown.revocationDelayInMinutes * 60_000;

  const app = new Hono({ getPath: pathOf });
  app.use(responseHeaders, limitBody, checkApiVersion);
  app.route("/", entraExchangeRoutes({ resourceId, identities, accessTokens, verifyAccessToken, invalidEntraToken }));
  app.use(authenticate({ accessKey, clockSkewInMinutes, verifyAccessToken, now }));
  app
    .route(
      "/",
      identityRoutes({
        identities,
        issued,
        accessTokens,
        rateLimiter,
        verifyAccessToken,
        unknownScope,
        revocationDelayInMs,
        now,
      }),
    )
    .notFound((c) => c.json(errorBody({ code: "NotFound", message: "There is no such operation." }), 404))
    .onError((error, c) => {
      if (!(error instanceof CommunicationError)) throw error;
      return c.json(errorBody(error.answer), error.answer.status, { ...error.headers });
    });

  return {
    app,
    resourceId,
    accessKey,
    introspectToken: (token) => accessTokens.introspect(token),
    state: () => readState({ resourceId, identities, issued, now: now() }),
    exportState: () => exportCommunication(parts),
    readState: (place) => readCommunication(place, parts),
    reset: () => {
      identities.reset();
      issued.reset();
      rateLimiter.reset();
    },
  };
}
