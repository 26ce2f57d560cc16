import type { ClientErrorCode } from "@acs-auth/client";

/** A problem in plain words. */
export interface Words {
  readonly title: string;
  /** What the person can do. */
  readonly advice: string;
}

const TRY_LATER = "Nothing is lost. Try again in a minute.";
const TELL_OPERATOR = "You cannot mend this yourself. Tell whoever runs the server, with the details below.";

const SIGN_IN_AGAIN: Words = {
  title: "You have to sign in again",
  advice: "Your sign-in has run out or was ended. Sign out, then sign in again.",
};
const OTHER_ORGANIZATION: Words = {
  title: "You signed in with an account of another organization",
  advice: "The server does not let it in. Sign out, then sign in with the account that this app is for.",
};
const CANCELLED: Words = {
  title: "The sign-in was cancelled",
  advice: "Nothing has changed. Sign in whenever you like.",
};
const SIGN_IN_UNREACHABLE: Words = {
  title: "The sign-in service cannot be reached",
  advice: "Check your network, then try again.",
};
const SIGN_IN_FAILED_FOR_SERVER: Words = {
  title: "The server cannot reach the sign-in service",
  advice: TRY_LATER,
};
const UNUSABLE_IDENTITY: Words = {
  title: "Your ACS identity cannot be used any more",
  advice: "Delete your identity, then create a new one. If that fails as well, tell whoever runs the server.",
};
const SERVER_MISCONFIGURED: Words = { title: "The server is not set up correctly", advice: TELL_OPERATOR };

/**
 * Every problem that has words of its own, by its code.
 *
 * `page:` is the page's own, `msal:` the sign-in library's; the others are those of the server and of its client, with
 * `/reason` where a reason changes what to do.
 */
export const WORDS = {
  "page:consent": {
    title: "Your permission is needed",
    advice: "The sign-in page asks whether this page may use Teams calls and chats for you. Continue there.",
  },
  "page:verification": {
    title: "Your organization asks for more proof that it is you",
    advice: "A second factor, for example. Continue at the sign-in page; you come back here afterwards.",
  },
  "page:sign_in": {
    title: "You have to sign in again",
    advice: "Your sign-in has run out or was ended. Continue at the sign-in page; you come back here afterwards.",
  },
  unknown: { title: "Something went wrong", advice: "Try again. If it happens again, load the page anew." },

  "msal:access_denied": CANCELLED,
  "msal:user_cancelled": CANCELLED,
  "msal:interaction_in_progress": { title: "A sign-in is still open", advice: "Finish it, or load this page anew." },
  "msal:no_network_connectivity": SIGN_IN_UNREACHABLE,
  "msal:post_request_failed": SIGN_IN_UNREACHABLE,
  "msal:get_request_failed": SIGN_IN_UNREACHABLE,
  "msal:endpoints_resolution_error": SIGN_IN_UNREACHABLE,
  "msal:openid_config_error": SIGN_IN_UNREACHABLE,
  "msal:network_error": SIGN_IN_UNREACHABLE,
  "msal:timed_out": SIGN_IN_UNREACHABLE,

  network_error: {
    title: "The server cannot be reached",
    advice: "Check your network, then try again. If it stays like this, the server is down.",
  },
  timeout: { title: "The server took too long", advice: TRY_LATER },
  http_error: { title: "The server cannot be reached", advice: TRY_LATER },
  invalid_response: { title: "The server’s answer makes no sense", advice: TELL_OPERATOR },
  "invalid_response/expired": {
    title: "The clock of this device is wrong",
    advice: "By its time the new token has run out already. Set the clock, then try again.",
  },
  sign_in_failed: { title: "The sign-in failed", advice: "Try again. If it happens again, sign out and sign in." },
  aborted: { title: "The request was cancelled", advice: "Try again." },
  disposed: { title: "The credential was discarded", advice: "Get a new one." },

  missing_token: SIGN_IN_AGAIN,
  interaction_required: SIGN_IN_AGAIN,
  invalid_token: {
    title: "The server does not accept your sign-in",
    advice: "Sign out, then sign in again. If that does not help, tell whoever runs the server.",
  },
  "invalid_token/tenant_not_allowed": OTHER_ORGANIZATION,
  "invalid_token/issuer_mismatch": OTHER_ORGANIZATION,
  claims_challenge: {
    title: "Your organization asks for more proof that it is you",
    advice: "Sign out, then sign in again, with a second factor if you are asked for one.",
  },
  insufficient_scope: {
    title: "Your sign-in does not cover this server",
    advice: "This page has to ask for the server’s own permission. Tell whoever set the page up.",
  },
  forbidden: { title: "You may not do this", advice: "Ask whoever runs the server to let you in." },
  consent_required: {
    title: "The server lacks a permission",
    advice: "An administrator of your organization has to consent to what the server does for you.",
  },

  invalid_teams_token: {
    title: "Your Teams sign-in was refused",
    advice: "It belongs to another account, or to an app that the server does not know. Sign out and sign in again.",
  },
  teams_exchange_not_configured: {
    title: "The server does not do Teams",
    advice: "Use an ACS identity, or ask whoever runs the server to set Teams up.",
  },

  identity_not_found: { title: "You have no ACS identity yet", advice: "Create one first." },
  identity_deleted: UNUSABLE_IDENTITY,
  identity_of_other_resource: UNUSABLE_IDENTITY,
  identity_not_owned: UNUSABLE_IDENTITY,
  mapping_invalid: SERVER_MISCONFIGURED,
  mapping_unsigned: SERVER_MISCONFIGURED,
  mapping_tampered: {
    title: "Somebody changed which ACS identity is yours",
    advice: "It is not used, to be safe. Tell whoever runs the server.",
  },
  mapping_outcome_unknown: { title: "The server could not finish", advice: TRY_LATER },

  throttled: { title: "Too many requests at the moment", advice: TRY_LATER },
  rate_limited: { title: "You have asked too often", advice: "Wait a minute, then try again." },
  acs_unavailable: { title: "Communication Services cannot be reached", advice: TRY_LATER },
  acs_denied: SERVER_MISCONFIGURED,
  acs_rejected: { title: "Communication Services refused the request", advice: TELL_OPERATOR },
  store_unavailable: { title: "The server cannot look up your identity", advice: TRY_LATER },
  store_denied: SERVER_MISCONFIGURED,
  provider_unavailable: SIGN_IN_FAILED_FOR_SERVER,
  key_server_unavailable: SIGN_IN_FAILED_FOR_SERVER,
  provider_denied: SERVER_MISCONFIGURED,

  invalid_request: { title: "The server did not understand the page", advice: TELL_OPERATOR },
  not_found: {
    title: "The server does not know this request",
    advice: "The address of the server may be wrong. Tell whoever set the page up.",
  },
  method_not_allowed: { title: "The server does not know this request", advice: TELL_OPERATOR },
  internal_error: { title: "The server failed", advice: TELL_OPERATOR },
} as const satisfies Record<string, Words> & Record<ClientErrorCode, Words>;

export type KnownProblem = keyof typeof WORDS;

export function isKnown(code: string): code is KnownProblem {
  return Object.hasOwn(WORDS, code);
}
