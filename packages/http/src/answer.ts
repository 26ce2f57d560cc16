import type { ProblemCode } from "./errors/problem.js";

/** What a call is answered with. */
export interface Answer {
  readonly status: number;
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly problemCode?: ProblemCode;
}

export function jsonAnswer(body: unknown, status: number): Answer {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

export function emptyAnswer(status: number, headers: Answer["headers"] = {}): Answer {
  return { status, headers, body: null };
}

export function toResponse({ status, headers, body }: Answer): Response {
  return new Response(body, { status, headers });
}

export async function fromResponse(response: Response): Promise<Answer> {
  const body = response.body && (await response.text());
  return { status: response.status, headers: Object.fromEntries(response.headers), body };
}
