/** One request to the handler, from whatever server it came. */
export interface HttpCall {
  readonly method: string;
  /** The path as it stands in the request line: nothing is decoded. */
  readonly path: string;
  /** The request in its Web-standard form, for the hooks of the application. */
  readonly request: Request;
  /** Fires when the client is gone. */
  readonly abortSignal: AbortSignal;
  /**
   * A header's value; those of a header that was sent several times are joined with commas.
   *
   * @param name - in lower case.
   */
  header(name: string): string | undefined;
  /**
   * The body as text, however often it is asked for.
   *
   * @throws HttpProblem 413 for a body that is longer.
   */
  text(maxBytes: number): Promise<string>;
}

/** A call on its way through the handler. */
export interface CallContext {
  readonly call: HttpCall;
  readonly requestId: string;
  readonly maxBodyBytes: number;
  /** Whether the caller's client has declared that it handles claims challenges. */
  takesClaims: boolean;
}
