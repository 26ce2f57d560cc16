import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { cors } from "hono/cors";
import type { JWTPayload } from "jose";
import type { Fixtures } from "../fixtures.js";
import type { Place } from "../snapshot/place.js";
import { authorizeRoutes } from "./authorize/routes.js";
import type { EntraContext } from "./context.js";
import { Directory } from "./directory.js";
import { discoveryRoutes } from "./discovery.js";
import { answerError } from "./errors/error-response.js";
import { microsoftIssuers, ownIssuers } from "./issuers.js";
import { type RotateKeysOptions, SigningKeys } from "./keys.js";
import { type MintTokenRequest, mintToken } from "./mint-token.js";
import { type ConsentReference, Consents } from "./policies/consents.js";
import { MultiFactorPolicies, type MultiFactorRequirement } from "./policies/multi-factor.js";
import { Sessions } from "./policies/sessions.js";
import { SealedTokens } from "./sealed-tokens.js";
import { type EntraSnapshot, exportEntra, readEntra } from "./snapshot.js";
import { RedeemedCodes } from "./token/redeemed-codes.js";
import { tokenRoutes } from "./token/routes.js";
import { verifyAccessToken } from "./verify-access-token.js";

export type { RotateKeysOptions } from "./keys.js";
export type { MintTokenRequest } from "./mint-token.js";
export type { ConsentReference } from "./policies/consents.js";
export type { MultiFactorRequirement } from "./policies/multi-factor.js";

/** What scripts of other origins call (MSAL in a browser). */
const crossOriginPaths = [
  "/common/discovery/instance",
  "/:tenant/.well-known/*",
  "/:tenant/v2.0/.well-known/*",
  "/:tenant/discovery/*",
  "/:tenant/oauth2/token",
  "/:tenant/oauth2/v2.0/token",
];
const maximumBodyInBytes = 256 * 1024;
const defaultAccessTokenLifetimeInSeconds = 75 * 60;

/** How the emulated Entra ID issues tokens. */
export interface EntraBehaviour {
  /** Whether tokens and metadata name the emulator's own origin as issuer, or Microsoft's real hosts. Default: `"own"`. */
  readonly issuers?: "own" | "microsoft";
  /** Default: 4500 (75 minutes, the mean of Entra ID's 60 to 90). */
  readonly accessTokenLifetimeInSeconds?: number;
}

export interface EntraOptions extends EntraBehaviour {
  readonly fixtures: Fixtures;
  /** `https://localhost:<port>`, known once listening. */
  readonly origin: () => string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** What can be changed in the emulated Entra ID while it runs. */
export interface EntraControls {
  /** From now on the user needs a second factor before tokens for the API are issued, until the requirement is removed. */
  requireMfa(requirement: MultiFactorRequirement): {
    /** Ends the requirement. */
    remove(): void;
  };
  /** Ends every such requirement about the user and the API, whoever made it. @returns whether there was any. */
  withdrawMfa(subject: { readonly user: string; readonly resource: string }): boolean;
  /** Grants what `revokeConsent` takes away. */
  grantConsent(reference: ConsentReference): void;
  /** What is revoked is asked for again on the sign-in page, and is AADSTS65001 everywhere else. */
  revokeConsent(reference: ConsentReference): void;
  /** Makes the refresh tokens, authorization codes and browser sessions of a user worthless. */
  revokeSessions(reference: { readonly user: string }): void;
}

/** The emulated Entra ID. */
export interface Entra extends EntraControls {
  /** Serves every route, at the root of the Entra listener. */
  readonly app: Hono;
  mintToken(request: MintTokenRequest): Promise<string>;
  rotateKeys(options?: RotateKeysOptions): Promise<void>;
  /** Verifies signature, issuer, lifetime and audience of an access token issued here; rejects otherwise. */
  verifyAccessToken(token: string, audiences: readonly string[]): Promise<JWTPayload>;
  /** What has changed since the start, without secrets, ready for JSON. */
  state(): unknown;
  /** Takes in what it needs before it waits for anything. */
  exportState(): Promise<EntraSnapshot>;
  /** Reads what was exported. @returns what puts it into force. @throws TypeError that names what does not fit. */
  readState(place: Place): Promise<() => void>;
  /** Back to the fixtures. Signing keys stay; authorization codes, refresh tokens and browser sessions become invalid. */
  reset(): void;
}

export async function createEntra(options: EntraOptions): Promise<Entra> {
  const { origin, now } = options;
  const keys = await SigningKeys.create();
  const directory = new Directory(options.fixtures);
  const context: EntraContext = {
    directory,
    keys,
    issuers: options.issuers === "microsoft" ? microsoftIssuers : ownIssuers(origin),
    consents: new Consents(directory),
    multiFactor: new MultiFactorPolicies(directory),
    sessions: new Sessions(),
    sealedTokens: new SealedTokens(now),
    redeemedCodes: new RedeemedCodes(),
    origin,
    now,
    accessTokenLifetimeInSeconds: options.accessTokenLifetimeInSeconds ?? defaultAccessTokenLifetimeInSeconds,
  };
  const { consents, multiFactor, sessions, sealedTokens, redeemedCodes } = context;

  return {
    app: createApp(context),
    mintToken: (request) => mintToken(request, context),
    rotateKeys: (rotation) => keys.rotate(rotation),
    verifyAccessToken: (token, audiences) => verifyAccessToken(token, audiences, context),
    requireMfa: (requirement) => multiFactor.require(requirement),
    withdrawMfa: (subject) => multiFactor.withdraw(subject),
    grantConsent: (reference) => consents.grantReferenced(reference),
    revokeConsent: (reference) => consents.revokeReferenced(reference),
    revokeSessions: ({ user }) => sessions.revoke(directory.user(user)),
    state: () => ({
      keys: keys.published.map((key) => ({ kid: key.kid, signing: key === keys.current })),
      consents: consents.state(),
      multiFactor: multiFactor.state(),
    }),
    exportState: () => exportEntra(context),
    readState: (place) => readEntra(place, context),
    reset: () => {
      for (const part of [consents, multiFactor, sessions, sealedTokens, redeemedCodes]) part.reset();
    },
  };
}

function createApp(context: EntraContext): Hono {
  const app = new Hono().use(bodyLimit({ maxSize: maximumBodyInBytes, onError: refuseBody }));
  for (const path of crossOriginPaths) app.use(path, cors());
  return app
    .route("/", discoveryRoutes(context))
    .route("/", authorizeRoutes(context))
    .route("/", tokenRoutes(context))
    .onError(answerError(context));
}

/** The rest of the body is not read, so the connection cannot be used again. */
function refuseBody(c: Context): Response {
  return c.text("Payload Too Large", 413, { Connection: "close" });
}
