import { HttpProblem } from "./errors/http-problem.js";

/** @throws HttpProblem 413 for more bytes than allowed; the rest is not read. */
export async function boundedText(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  maxBytes: number,
): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.byteLength;
    if (length > maxBytes) throw bodyTooLarge();
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

export function bodyTooLarge(): HttpProblem {
  return new HttpProblem({ status: 413, code: "invalid_request", detail: "The body is too large.", reason: "body" });
}
