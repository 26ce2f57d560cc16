import type { JWTPayload } from "jose";

/** Who a request comes from, as its access token says. */
export interface Caller {
  readonly tenantId: string;
  /** Client id of the application the token was issued to. */
  readonly applicationId: string;
  /** Object id of the user a delegated token speaks for; absent in an app-only one. */
  readonly userId?: string;
  /** Delegated permissions (`scp`) with a user, application permissions (`roles`) without. */
  readonly permissions: readonly string[];
}

export function callerOf(claims: JWTPayload): Caller {
  const { scp, roles, oid } = claims;
  const common = { tenantId: String(claims["tid"]), applicationId: String(claims["appid"] ?? claims["azp"]) };
  if (typeof scp === "string") return { ...common, userId: String(oid), permissions: scp.split(" ") };
  return { ...common, permissions: Array.isArray(roles) ? roles.map(String) : [] };
}
