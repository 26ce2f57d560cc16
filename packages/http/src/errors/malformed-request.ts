import type { Answer } from "../answer.js";
import { commonHeaders } from "../response-headers.js";
import { MALFORMED_REQUEST, problemAnswer } from "./problem.js";

/** The answer to a request that cannot even be handed to the handler. */
export function malformedRequest(): Answer {
  const requestId = crypto.randomUUID();
  const answer = problemAnswer(MALFORMED_REQUEST, requestId);
  return { ...answer, headers: { ...answer.headers, ...commonHeaders(requestId) } };
}
