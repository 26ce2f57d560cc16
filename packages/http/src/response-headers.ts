/** The headers of every response. */
export function commonHeaders(requestId: string): Record<string, string> {
  return { "cache-control": "no-store", "x-content-type-options": "nosniff", "x-request-id": requestId };
}
