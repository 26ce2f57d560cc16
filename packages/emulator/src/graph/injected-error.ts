import { decodeJwt } from "jose";
import type { ErrorBody, ErrorHeaders } from "../server/error-bodies.js";
import { reason } from "../server/error-bodies.js";
import { callerOf } from "./caller.js";
import { errorBody } from "./graph-error.js";
import { requestIdHeaders, requestIds } from "./response-headers.js";

/** The error format of Microsoft Graph, with the ids of the headers. */
export const graphErrorBody: ErrorBody = (status, code, headers) => {
  const ids = { requestId: headers["request-id"] ?? "", clientRequestId: headers["client-request-id"] ?? "" };
  if (status === 429) {
    const throttled = { code: code ?? "TooManyRequests", message: "Please retry again later." };
    return errorBody(throttled, ids, { code: "429", status: "429" });
  }
  const message = `${reason(status)} (injected fault).`;
  return errorBody({ code: code ?? reason(status).replaceAll(" ", ""), message }, ids);
};

/** The ids of the request and, with 429, what was throttled, after "Microsoft Graph service-specific throttling limits". */
export const graphErrorHeaders: ErrorHeaders = (status, request) => ({
  ...requestIdHeaders(requestIds(request.headers.get("client-request-id"))),
  ...(status === 429 && throttling(request)),
});

function throttling({ method, headers }: Request): Readonly<Record<string, string>> {
  const information = method === "GET" ? "ResourceUnitLimitExceeded" : "WriteLimitExceeded";
  const scope = throttleScope(headers.get("Authorization")?.replace(/^Bearer /i, "") ?? "");
  return { "x-ms-throttle-information": information, ...(scope && { "x-ms-throttle-scope": scope }) };
}

/** `undefined` without a token: the fault strikes before the token is verified. */
function throttleScope(token: string): string | undefined {
  try {
    const { applicationId, tenantId } = callerOf(decodeJwt(token));
    return `Tenant_Application/ReadWrite/${applicationId}/${tenantId}`;
  } catch {
    return undefined;
  }
}
