import type { ContentfulStatusCode } from "hono/utils/http-status";

/** An error as Microsoft Graph answers it: the status, and `code` and `message` of the body's `error`. */
export interface GraphErrorAnswer {
  /** The HTTP status. */
  readonly status: ContentfulStatusCode;
  /** What clients tell errors apart by, such as `Request_BadRequest`. */
  readonly code: string;
  /** For people. */
  readonly message: string;
}

/** A request that is refused. */
export class GraphError extends Error {
  override readonly name = "GraphError";
  readonly answer: GraphErrorAnswer;
  readonly headers: Readonly<Record<string, string>>;

  constructor(answer: GraphErrorAnswer, headers: Readonly<Record<string, string>> = {}) {
    super(answer.message);
    this.answer = answer;
    this.headers = headers;
  }
}

/** The ids by which a request is told apart, in headers and error bodies. */
export interface RequestIds {
  readonly requestId: string;
  readonly clientRequestId: string;
}

/** The body of an error, after "Microsoft Graph error responses and resource types". */
export function errorBody(
  { code, message }: Pick<GraphErrorAnswer, "code" | "message">,
  { requestId, clientRequestId }: RequestIds,
  innerError: Readonly<Record<string, string>> = {},
) {
  return {
    error: {
      code,
      message,
      innerError: {
        ...innerError,
        date: new Date().toISOString().slice(0, 19),
        "request-id": requestId,
        "client-request-id": clientRequestId,
      },
    },
  };
}

export function badRequest(message: string): GraphError {
  return new GraphError({ status: 400, code: "BadRequest", message });
}

/** `GET /users/{id}` of a user who does not exist. */
export function userNotFound(reference: string): GraphError {
  return new GraphError({
    status: 404,
    code: "Request_ResourceNotFound",
    message: `Resource '${reference}' does not exist or one of its queried reference-property objects are not present.`,
  });
}

/** The extensions of a user who does not exist. */
export function parentNotFound(): GraphError {
  return new GraphError({ status: 404, code: "ResourceNotFound", message: "Parent Object Not Found" });
}

/** A permission is missing, on the routes of extensions. */
export function extensionAccessDenied(): GraphError {
  return new GraphError({ status: 403, code: "AccessDenied", message: "Access Denied" });
}

/** A permission is missing, on the routes of the directory. */
export function insufficientPrivileges(): GraphError {
  return new GraphError({
    status: 403,
    code: "Authorization_RequestDenied",
    message: "Insufficient privileges to complete the operation.",
  });
}

/** A `$top` that is not allowed. */
export function invalidPageSize(top: string): GraphError {
  return new GraphError({
    status: 400,
    code: "Request_UnsupportedQuery",
    message: `Invalid page size specified: '${top}'. Must be between 1 and 999 inclusive.`,
  });
}

/** A `$skiptoken` that leads nowhere. */
export function expiredPageToken(): GraphError {
  return new GraphError({
    status: 400,
    code: "Directory_ExpiredPageToken",
    message: "The specified page token value has expired and can no longer be included in your request.",
  });
}

export function unknownSegment(segment: string): GraphError {
  return new GraphError({
    status: 400,
    code: "RequestBroker--ParseUri",
    message: `Resource not found for the segment '${segment}'.`,
  });
}

/** What the real service can do and the emulator cannot: better refused than answered wrongly. */
export function notEmulated(message: string): GraphError {
  return new GraphError({ status: 501, code: "NotEmulated", message });
}
