import { AcsAuthError } from "../errors/acs-auth-error.js";

/** Far more than the longest answer of the server. */
const MAX_BYTES = 64 * 1024;

/** @throws AcsAuthError `invalid_response` for a body of more than 64 KiB, of which no more is read. */
export async function boundedText(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return "";
  const decoder = new TextDecoder();
  let text = "";
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    length += value.byteLength;
    if (length > MAX_BYTES) {
      await reader.cancel();
      throw new AcsAuthError("invalid_response", "The server's answer is too long.", { statusCode: response.status });
    }
    text += decoder.decode(value, { stream: true });
  }
}
