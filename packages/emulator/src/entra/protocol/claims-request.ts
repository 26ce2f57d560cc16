import * as errors from "../errors/index.js";

/** What the `claims` parameter asks of the access token (OpenID Connect Core, section 5.5, with Microsoft's members). */
export interface ClaimsRequest {
  /** `xms_cc`: what the client can handle, such as `cp1`. */
  readonly capabilities: readonly string[];
  /** `acrs`: authentication contexts the sign-in must satisfy. */
  readonly authenticationContexts: readonly string[];
  /** `polids` or `capolids`: the answer to a claims challenge for a second factor. */
  readonly multiFactor: boolean;
  /** `nbf`: what the token must at least have, in seconds since the epoch, as after a revocation. */
  readonly notBefore: number | undefined;
}

export function parseClaimsRequest(claims: string | undefined): ClaimsRequest {
  const request = claims === undefined ? {} : parse(claims);
  return {
    capabilities: values(request["xms_cc"]),
    authenticationContexts: values(request["acrs"]),
    multiFactor: values(request["polids"]).length > 0 || values(request["capolids"]).length > 0,
    notBefore: values(request["nbf"]).map(Number).find(Number.isSafeInteger),
  };
}

function parse(claims: string): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(claims);
    if (isRecord(parsed)) return isRecord(parsed["access_token"]) ? parsed["access_token"] : {};
  } catch {
    // Reported below, as any other value that is not a JSON object.
  }
  throw errors.malformedRequest("'claims' is not a JSON object");
}

function values(member: unknown): readonly string[] {
  if (!isRecord(member)) return [];
  const listed: readonly unknown[] = Array.isArray(member["values"]) ? member["values"] : [member["value"]];
  return listed.filter((value) => typeof value === "string");
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
