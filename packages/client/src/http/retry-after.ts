/**
 * How long an answer asks its receiver to wait, in milliseconds: seconds or an HTTP date, which is read by the clock of
 * the server where its `Date` header can be seen (across origins it cannot).
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function retryAfterInMs(headers: Headers): number | undefined {
  const value = headers.get("retry-after")?.trim();
  if (!value) return undefined;
  const sentAt = Date.parse(headers.get("date") ?? "");
  const now = Number.isNaN(sentAt) ? Date.now() : sentAt;
  const duration = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isFinite(duration) ? Math.max(0, duration) : undefined;
}
