import { type ErrorAnswer, identityNotOwned, invalidAccessToken } from "./communication-error.js";
import type { RateLimits } from "./rate-limiter.js";

/** How the emulated Azure Communication Services resource is set up. */
export interface CommunicationOptions {
  /** The resource half of every identity id, a GUID. Default: `e0000000-0000-4000-8000-000000000001`. */
  readonly resourceId?: string;
  /** The access key, base64. Default: a fixed one, so that the connection string can be written down. */
  readonly accessKey?: string;
  /** Requests allowed per 30 seconds. Default: no limits; `documentedRateLimits` has those of the real service. */
  readonly rateLimits?: RateLimits;
  /** What nobody outside Microsoft knows for certain about the real service. */
  readonly unknown?: UnknownBehaviour;
}

/**
 * Behaviour of the real service that is neither documented nor observed. The defaults are guesses; a client that has
 * to work with the real service must work with any value.
 */
export interface UnknownBehaviour {
  /** The answer to a call for an identity that was deleted. Default: that for an unknown one, 401 `IdentityNotOwned`. */
  readonly deletedIdentity?: ErrorAnswer;
  /** The answer to a scope that does not exist. Default: 400 `ValidationError`. */
  readonly unknownScope?: ErrorAnswer;
  /**
   * The answer to an Entra ID user's token that cannot be exchanged: missing, invalid, or without a permission. Default:
   * that of the Teams exchange, 401 `InvalidAccessToken`.
   */
  readonly invalidEntraToken?: ErrorAnswer;
  /** The answer beyond a rate limit. The status 429 is documented, the default code `TooManyRequests` is not. */
  readonly throttled?: ErrorAnswer;
  /** Whether that answer has a `Retry-After` header. Default: false. */
  readonly throttledRetryAfter?: boolean;
  /** How far, in minutes, the date of a signed request may be off. `Infinity` switches the check off. Default: 15. */
  readonly clockSkewInMinutes?: number;
  /** How long a revoked token still works, in minutes; documented as up to 15. Default: 0. */
  readonly revocationDelayInMinutes?: number;
}

/** Not a secret: the key of a resource that exists on this machine only. */
const fixtureAccessKey = Buffer.from("acs-auth emulator: access key of a fixture resource").toString("base64");

const defaultUnknownBehaviour: Required<UnknownBehaviour> = {
  deletedIdentity: identityNotOwned,
  unknownScope: {
    status: 400,
    code: "ValidationError",
    message: "Invalid scopes - at least one scope is unknown.",
    target: "scopes",
  },
  invalidEntraToken: invalidAccessToken,
  throttled: { status: 429, code: "TooManyRequests", message: "Too many requests." },
  throttledRetryAfter: false,
  clockSkewInMinutes: 15,
  revocationDelayInMinutes: 0,
};

export interface ResolvedCommunicationOptions {
  readonly resourceId: string;
  readonly accessKey: string;
  readonly rateLimits: RateLimits;
  readonly unknown: Required<UnknownBehaviour>;
}

/** @throws TypeError that names the option which makes no sense. */
export function resolveOptions({
  resourceId = "e0000000-0000-4000-8000-000000000001",
  accessKey = fixtureAccessKey,
  rateLimits = {},
  unknown,
}: CommunicationOptions): ResolvedCommunicationOptions {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(resourceId)) {
    throw new TypeError("communication.resourceId must be a lower-case GUID.");
  }
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(accessKey)) throw new TypeError("communication.accessKey must be base64.");
  return { resourceId, accessKey, rateLimits, unknown: { ...defaultUnknownBehaviour, ...unknown } };
}
