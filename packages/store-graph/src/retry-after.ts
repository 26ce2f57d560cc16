/**
 * How long a response asks its caller to wait, in milliseconds: seconds (Graph sends decimals too) or an HTTP date.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function retryAfterInMs(
  headers: { get(name: string): string | null | undefined } | undefined,
): number | undefined {
  const value = headers?.get("retry-after")?.trim();
  if (!value) return undefined;
  const duration = /^\d+(?:\.\d+)?$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(duration) ? Math.max(0, Math.round(duration)) : undefined;
}
