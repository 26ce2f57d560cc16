import type { Context } from "hono";
import { CommunicationError, type ErrorAnswer, validationError } from "./communication-error.js";

/** The members of a JSON body; none if it is empty. */
export type RequestBody = Readonly<Record<string, unknown>>;

const tokenScopes = new Set(["chat", "voip", "chat.join", "chat.join.limited", "voip.join"]);
const lifetime = { min: 60, max: 1440, default: 1440 };

/** @throws CommunicationError unless the body is empty or a JSON object. */
export async function readBody(c: Context): Promise<RequestBody> {
  const text = await c.req.text();
  if (text === "") return {};
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === "object" && body !== null && !Array.isArray(body)) return { ...body };
  } catch {
    // Not JSON: refused like JSON that is not an object.
  }
  throw validationError("The request body is not a JSON object.");
}

/** @throws CommunicationError unless the value lists at least one scope, and only known ones. */
export function readScopes(value: unknown, unknownScope: ErrorAnswer): readonly string[] {
  if (isAbsentOrEmpty(value)) throw validationError("Invalid scopes - Scopes field is required.", "scopes");
  if (!Array.isArray(value) || !value.every((scope) => tokenScopes.has(scope))) {
    throw new CommunicationError(unknownScope);
  }
  return [...new Set<string>(value)];
}

export function isAbsentOrEmpty(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

/** In milliseconds. @throws CommunicationError unless it is 60 to 1440 minutes; absent, it is 1440. */
export function readLifetime(minutes: unknown): number {
  const value = minutes ?? lifetime.default;
  if (typeof value === "number" && Number.isInteger(value) && value >= lifetime.min && value <= lifetime.max) {
    return value * 60_000;
  }
  throw validationError(
    `ExpiresInMinutes value ${value} is invalid. Value must be within the [${lifetime.min}, ${lifetime.max}] interval.`,
    "ExpiresInMinutes",
  );
}
