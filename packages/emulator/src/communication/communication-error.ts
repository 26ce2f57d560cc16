import type { ContentfulStatusCode } from "hono/utils/http-status";

/** An error as Azure Communication Services answers it: the status, and the members of the body's `error`. */
export interface ErrorAnswer {
  /** The HTTP status. */
  readonly status: ContentfulStatusCode;
  /** What clients tell errors apart by, such as `IdentityNotOwned`. */
  readonly code: string;
  /** For people. */
  readonly message: string;
  /** The part of the request that is wrong, such as `scopes`. Default: the body has none. */
  readonly target?: string;
}

/** A request that is refused. */
export class CommunicationError extends Error {
  override readonly name = "CommunicationError";
  readonly answer: ErrorAnswer;
  readonly headers: Readonly<Record<string, string>>;

  constructor(answer: ErrorAnswer, headers: Readonly<Record<string, string>> = {}) {
    super(answer.message);
    this.answer = answer;
    this.headers = headers;
  }
}

export function denied(): CommunicationError {
  return new CommunicationError({ status: 401, code: "Denied", message: "Denied by the resource provider." });
}

export function validationError(message: string, target?: string): CommunicationError {
  return new CommunicationError({ status: 400, code: "ValidationError", message, ...(target && { target }) });
}

export const identityNotOwned: ErrorAnswer = {
  status: 401,
  code: "IdentityNotOwned",
  message: "Provided identity doesn't belong to the resource.",
};

export const invalidAccessToken: ErrorAnswer = {
  status: 401,
  code: "InvalidAccessToken",
  message: "Provided access token is not valid.",
};

export function errorBody({ code, message, target }: Omit<ErrorAnswer, "status">) {
  return { error: { code, message, ...(target && { target }) } };
}
