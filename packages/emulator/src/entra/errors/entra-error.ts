export interface EntraErrorDetails {
  /** The AADSTS number. */
  readonly number: number;
  /** The OAuth 2.0 error code. */
  readonly error: string;
  readonly description: string;
  readonly status?: 400 | 401;
  readonly suberror?: string;
  /** The claims challenge, as JSON text. */
  readonly claims?: string;
}

/** A refusal of the token service: one AADSTS number with the OAuth error it is reported as. */
export class EntraError extends Error {
  override readonly name = "EntraError";
  readonly details: EntraErrorDetails;

  constructor(details: EntraErrorDetails) {
    super(`AADSTS${details.number}: ${details.description}`);
    this.details = details;
  }
}
