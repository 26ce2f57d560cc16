import { HttpProblem } from "../errors/http-problem.js";
import { invalidRequest } from "../errors/invalid-request.js";
import type { CallContext } from "../http-call.js";

const JSON_CONTENT_TYPE = /^application\/json[\t ]*(?:;|$)/i;

/**
 * The body's JSON object, with no members but those named; `undefined` for an empty body.
 *
 * @throws HttpProblem 415 for another content type. AcsAuthError `invalid_request` for anything that is no such object.
 */
export async function readJsonObject(
  { call, maxBodyBytes }: CallContext,
  members: readonly string[],
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const text = await call.text(maxBodyBytes);
  if (text === "") return undefined;
  if (!JSON_CONTENT_TYPE.test(call.header("content-type") ?? "")) {
    throw new HttpProblem({
      status: 415,
      code: "invalid_request",
      detail: "The content type of a body must be application/json.",
      reason: "content-type",
    });
  }
  const value = parse(text);
  if (!isObject(value)) throw invalidRequest("body", "The body must be a JSON object.");
  if (!Object.keys(value).every((member) => members.includes(member))) {
    throw invalidRequest("body", `The body may hold nothing but ${members.join(" and ")}.`);
  }
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidRequest("body", "The body is not valid JSON.");
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
