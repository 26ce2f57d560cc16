import type { CommonVerifierOptions } from "../common-options.js";
import type { KeySourceOptions } from "../keys/key-source-options.js";

/** The signature algorithms that an {@link OidcTokenVerifier} can accept: all asymmetric. */
export type OidcSignatureAlgorithm =
  | "RS256"
  | "RS384"
  | "RS512"
  | "PS256"
  | "PS384"
  | "PS512"
  | "ES256"
  | "ES384"
  | "ES512"
  | "EdDSA"
  | "Ed25519";

/** Options of {@link OidcTokenVerifier}. */
export interface OidcTokenVerifierOptions extends CommonVerifierOptions {
  /** The provider's issuer, exactly as its tokens and its metadata spell it. */
  readonly issuer: string;
  /** The accepted values of `aud`, compared exactly. */
  readonly audience: string | readonly string[];
  /** The scopes that a token must hold, all of them. Default none: any one scope will do. */
  readonly requiredScopes?: readonly string[];
  /** The claim that holds the scopes, as a string of words or an array. Default `scope`. */
  readonly scopeClaim?: "scope" | "scp";
  /** The claim that names the user for good. Default `sub`. */
  readonly userClaim?: string;
  /** The client applications (`azp`, `client_id` or Okta's `cid`) that may call. Default: any that got a token for this audience. */
  readonly authorizedClientIds?: readonly string[];
  /** The provider's metadata. Default: `/.well-known/openid-configuration` below the issuer. */
  readonly metadataUrl?: string;
  /** The accepted signature algorithms. Default RS256, PS256, ES256, EdDSA and its other name Ed25519. */
  readonly algorithms?: readonly OidcSignatureAlgorithm[];
  /** Lets a provider on this machine (localhost, 127.0.0.1, ::1) do without https. For tests. Default false. */
  readonly allowInsecureLoopback?: boolean;
  /** How signing keys are fetched and kept. Each verifier has its own. */
  readonly keys?: KeySourceOptions;
}
