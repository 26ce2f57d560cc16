/** Entra's keys document is about 30 KB; nothing legitimate comes near this. */
const MAX_LENGTH_IN_BYTES = 512 * 1024;

/** Fetches a JSON document from exactly this URL: no redirect, no other status than 200, bounded in size. */
export async function fetchJson(url: URL, fetch: typeof globalThis.fetch, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(url, { headers: { accept: "application/json" }, redirect: "manual", signal });
  if (response.status !== 200 || !response.body) {
    await response.body?.cancel();
    throw new Error(`${url.origin} answered with status ${response.status}.`);
  }
  const text = await readText(response.body, url);
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${url.origin} answered with something that is not JSON.`);
  }
}

async function readText(body: ReadableStream<Uint8Array>, url: URL): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let length = 0;
  for await (const chunk of body) {
    length += chunk.byteLength;
    if (length > MAX_LENGTH_IN_BYTES)
      throw new Error(`${url.origin} answered with more than ${MAX_LENGTH_IN_BYTES} bytes.`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
