import { AcsAuthError } from "@acs-auth/client";
import { AuthError } from "@azure/msal-browser";
import { SignInNeeded } from "../sign-in/sign-in-needed.js";
import { isKnown, WORDS, type Words } from "./words.js";

/** A failure as the page shows it. */
export interface Problem extends Words {
  /** For whoever looks into it. */
  readonly details: readonly string[];
  /** Where the person can mend it at the sign-in page. */
  readonly signIn: SignInNeeded | undefined;
}

export function problemOf(error: unknown): Problem {
  const codes = codesOf(error);
  return {
    ...WORDS[codes.find(isKnown) ?? "unknown"],
    details: [`Code: ${codes[0]}`, ...(AcsAuthError.is(error) ? answerDetails(error) : [])],
    signIn: SignInNeeded.in(error),
  };
}

/** What the error is called, the most exact name first. */
function codesOf(error: unknown): readonly string[] {
  const signIn = SignInNeeded.in(error);
  if (signIn) return [`page:${signIn.reason}`];
  if (AcsAuthError.is(error, "sign_in_failed") && error.cause instanceof AuthError) return codesOf(error.cause);
  if (AcsAuthError.is(error)) return [...(error.reason ? [`${error.code}/${error.reason}`] : []), error.code];
  if (error instanceof AuthError) return [`msal:${error.errorCode}`];
  return [error instanceof Error ? error.name : "unknown"];
}

function answerDetails({ statusCode, requestId }: AcsAuthError): string[] {
  return [
    ...(statusCode === undefined ? [] : [`HTTP status: ${statusCode}`]),
    ...(requestId === undefined ? [] : [`Request id: ${requestId}`]),
  ];
}
