/**
 * How long an answer without Cosmos DB's own `x-ms-retry-after-ms`, such as a gateway's, asks to wait, in milliseconds.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function retryAfterInMs(headers: unknown): number | undefined {
  const value: unknown =
    typeof headers === "object" && headers !== null ? Reflect.get(headers, "retry-after") : undefined;
  if (typeof value !== "string" || value.trim() === "") return undefined;
  const duration = /^\d+(?:\.\d+)?$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(duration) ? Math.max(0, Math.round(duration)) : undefined;
}
