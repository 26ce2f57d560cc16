import { retryAfterInMs } from "@acs-auth/core";
import { claimsOfChallenge } from "./claims-challenge.js";

const ERROR_CODE = /^[\w.-]{1,80}$/;
const REQUEST_ID = /^[\da-f-]{36}$/i;

/** What a request to Graph came to instead of a result. Its message and its own properties are fit for logs. */
export class GraphFailure extends Error {
  override readonly name = "GraphFailure";
  /** The HTTP status; `undefined` where no answer came. */
  readonly status: number | undefined;
  /** Graph's error code; `undefined` where the answer is not in Graph's error format. */
  readonly code: string | undefined;
  readonly retryAfterInMs: number | undefined;
  readonly #text: string;
  readonly #claims: string | undefined;

  private constructor(message: string, response?: Response, content?: unknown) {
    super(message);
    const error = errorOf(content);
    this.status = response?.status;
    this.code = ERROR_CODE.test(error.code) ? error.code : undefined;
    this.retryAfterInMs = retryAfterInMs(response?.headers);
    this.#text = error.message;
    this.#claims = response?.status === 401 ? claimsOfChallenge(response.headers.get("www-authenticate")) : undefined;
  }

  static noAnswer(timedOut: boolean): GraphFailure {
    return new GraphFailure(timedOut ? "Microsoft Graph did not answer in time." : "Microsoft Graph was not reached.");
  }

  static unintelligible(response: Response): GraphFailure {
    return new GraphFailure(`Microsoft Graph's answer with status ${response.status} could not be read.`, response);
  }

  static refusal(response: Response, content: unknown): GraphFailure {
    const { code } = errorOf(content);
    const requestId = response.headers.get("request-id") ?? "";
    return new GraphFailure(
      `Microsoft Graph answered with status ${response.status}` +
        (ERROR_CODE.test(code) ? `, ${code}` : "") +
        (REQUEST_ID.test(requestId) ? ` (request-id ${requestId}).` : "."),
      response,
      content,
    );
  }

  /** Whether the same request may succeed a little later. */
  get isPassing(): boolean {
    const { status } = this;
    return status === undefined || status < 400 || status === 408 || status === 429 || status >= 500;
  }

  /** What a claims challenge asks for, as JSON text. */
  get claims(): string | undefined {
    return this.#claims;
  }

  /** Whether Graph's own words, which may name the user and are kept out of logs, match a pattern. */
  says(pattern: RegExp): boolean {
    return pattern.test(this.#text);
  }
}

/** @see https://learn.microsoft.com/graph/errors */
function errorOf(content: unknown): { code: string; message: string } {
  const { code, message }: { code?: unknown; message?: unknown } = asRecord(asRecord(content)["error"]);
  return { code: typeof code === "string" ? code : "", message: typeof message === "string" ? message : "" };
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
