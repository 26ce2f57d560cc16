import { type CommonVerifierSettings, commonSettings } from "../common-options.js";
import { KeySource } from "../keys/key-source.js";
import { keySourceSettings } from "../keys/key-source-options.js";
import { checkNonEmptyStrings, checkScopes, checkString, checkUrl } from "../option-checks.js";
import type { OidcSignatureAlgorithm, OidcTokenVerifierOptions } from "./oidc-token-verifier-options.js";

export interface OidcSettings extends CommonVerifierSettings {
  readonly issuer: string;
  readonly audiences: ReadonlySet<unknown>;
  readonly requiredScopes: readonly string[];
  readonly scopeClaim: string;
  readonly userClaim: string;
  readonly authorizedClientIds: ReadonlySet<string> | undefined;
  readonly algorithms: readonly string[];
  /** The claims read, in lower case. */
  readonly readClaims: ReadonlySet<string>;
  readonly keys: KeySource;
}

const ALGORITHMS: readonly string[] = [
  ...["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"],
];

const DEFAULT_ALGORITHMS: readonly OidcSignatureAlgorithm[] = ["RS256", "PS256", "ES256", "EdDSA", "Ed25519"];

/** Where providers name the client: OpenID Connect Core, RFC 9068, Okta. */
export const CLIENT_ID_CLAIMS = ["azp", "client_id", "cid"];

/** @throws TypeError naming the option that is wrong. */
export function oidcSettings(options: OidcTokenVerifierOptions): OidcSettings {
  const { allowInsecureLoopback = false, requiredScopes = [], scopeClaim = "scope", userClaim = "sub" } = options;
  const { audience, algorithms = DEFAULT_ALGORITHMS, authorizedClientIds } = options;
  checkUrl(options.issuer, "issuer", allowInsecureLoopback);
  if (scopeClaim !== "scope" && scopeClaim !== "scp") throw new TypeError('scopeClaim must be "scope" or "scp".');
  checkString(userClaim, "userClaim");
  return {
    ...commonSettings(options),
    issuer: options.issuer,
    audiences: new Set(
      typeof audience === "string" ? [checkString(audience, "audience")] : checkNonEmptyStrings(audience, "audience"),
    ),
    requiredScopes: checkScopes(requiredScopes, "requiredScopes"),
    scopeClaim,
    userClaim,
    authorizedClientIds:
      authorizedClientIds && new Set(checkNonEmptyStrings(authorizedClientIds, "authorizedClientIds")),
    algorithms: checkAlgorithms(algorithms),
    readClaims: new Set(
      ["iss", "aud", "sub", "exp", "nbf", "iat", ...CLIENT_ID_CLAIMS, scopeClaim, userClaim].map((name) =>
        name.toLowerCase(),
      ),
    ),
    keys: keySource(options, allowInsecureLoopback),
  };
}

function checkAlgorithms(values: unknown): readonly string[] {
  const algorithms = checkNonEmptyStrings(values, "algorithms");
  if (!algorithms.every((algorithm) => ALGORITHMS.includes(algorithm))) {
    throw new TypeError(`algorithms must be among ${ALGORITHMS.join(", ")}.`);
  }
  return algorithms;
}

function keySource(options: OidcTokenVerifierOptions, allowInsecureLoopback: boolean): KeySource {
  const { issuer, metadataUrl = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration` } = options;
  return new KeySource(
    {
      metadataUrl: checkUrl(metadataUrl, "metadataUrl", allowInsecureLoopback),
      acceptsIssuer: (published) => published === issuer,
      allowInsecureLoopback,
    },
    keySourceSettings(options.keys),
  );
}
