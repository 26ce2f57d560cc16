import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { VerifyAccessToken } from "../communication/authentication.js";
import { Directory } from "../entra/directory.js";
import type { Fixtures } from "../fixtures.js";
import type { Place } from "../snapshot/place.js";
import { authenticate } from "./authentication.js";
import { ClaimsChallenges, type ClaimsRequirement } from "./claims-challenges.js";
import type { GraphEnvironment } from "./environment.js";
import { Extensions } from "./extensions.js";
import { errorBody, GraphError } from "./graph-error.js";
import { type GraphOptions, resolveOptions } from "./options.js";
import { checkReplicaLag, type ReplicaLag } from "./replica-lag.js";
import { responseHeaders } from "./response-headers.js";
import { userRoutes } from "./routes.js";
import { exportGraph, type GraphSnapshot, readGraph } from "./snapshot.js";
import { type GraphState, readState } from "./state.js";
import { Targets } from "./targets.js";
import { unknownPath } from "./unknown-path.js";
import { userListRoutes } from "./user-list.js";

const maximumBodyInBytes = 256 * 1024;

export interface GraphDependencies extends GraphOptions {
  readonly fixtures: Fixtures;
  readonly verifyAccessToken: VerifyAccessToken;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** `https://localhost:<port>`, known once listening. */
  readonly origin: () => string;
  /** The origin of Entra ID, known once listening. */
  readonly authority: () => string;
}

/** The emulated Microsoft Graph: users and their open extensions. */
export interface Graph {
  /** Serves every route, at the root of the listener. */
  readonly app: Hono;
  /** From now on writes stay hidden from reads for so long; without numbers, not at all. */
  setReplicaLag(lag: ReplicaLag): void;
  /**
   * From now on the user's tokens that do not meet the claims are refused with 401 and a claims challenge, whether or
   * not their client declared `cp1`.
   */
  requireClaims(requirement: ClaimsRequirement): {
    /** Ends the requirement. */
    remove(): void;
  };
  /** Ends every such requirement about the user, whoever made it. @returns whether there was any. */
  withdrawClaims(subject: { readonly user: string }): boolean;
  state(): GraphState;
  exportState(): GraphSnapshot;
  /** Reads what was exported. @returns what puts it into force. @throws TypeError that names what does not fit. */
  readState(place: Place): () => void;
  /** Forgets all extensions and claims challenges, and sets the replica lag back. */
  reset(): void;
}

/** @throws TypeError if an option makes no sense. */
export function createGraph(dependencies: GraphDependencies): Graph {
  const { fixtures, verifyAccessToken, now, origin, authority } = dependencies;
  const options = resolveOptions(dependencies);
  const directory = new Directory(fixtures);
  for (const name of options.userAdministrators) directory.user(name);
  const extensions = new Extensions(options, now);
  const challenges = new ClaimsChallenges(directory, now);
  const parts = { directory, extensions, challenges };
  const routes = userRoutes({
    targets: new Targets(directory, options),
    extensions,
    unknown: options.unknown,
    origin,
  });
  const { identifierUris, clientId } = fixtures.resources.graph;

  const app = new Hono<GraphEnvironment>();
  app.use(responseHeaders);
  app.use(bodyLimit({ maxSize: maximumBodyInBytes, onError: refuseBody }));
  app.use(
    authenticate({
      audiences: [...identifierUris, clientId],
      verifyAccessToken,
      challenges,
      authorizationUri: () => `${authority()}/common/oauth2/authorize`,
    }),
  );
  app
    .route("/v1.0/me", routes)
    .route("/v1.0/users/:user", routes)
    .route("/v1.0/users", userListRoutes(directory, origin))
    .all("*", (c) => {
      throw unknownPath(c.req.path);
    })
    .onError((error, c) => {
      if (!(error instanceof GraphError)) throw error;
      return c.json(errorBody(error.answer, c.var.ids), error.answer.status, { ...error.headers });
    });

  return {
    app: new Hono().route("/", app),
    setReplicaLag: (lag) => {
      checkReplicaLag(lag);
      extensions.replicaLag = lag;
    },
    requireClaims: (requirement) => challenges.require(requirement),
    withdrawClaims: (subject) => challenges.withdraw(subject),
    state: () => readState(directory, extensions, challenges),
    exportState: () => exportGraph(parts),
    readState: (place) => readGraph(place, parts),
    reset: () => {
      extensions.reset();
      challenges.reset();
    },
  };
}

/** The rest of the body is not read, so the connection cannot be used again. */
function refuseBody(): never {
  throw new GraphError(
    { status: 413, code: "BadRequest", message: "The request body is too large." },
    { Connection: "close" },
  );
}
