/** Headers by which Azure services say how long to wait, and the milliseconds in one unit of their number. */
const HEADERS: readonly [name: string, unitInMs: number][] = [
  ["retry-after-ms", 1],
  ["x-ms-retry-after-ms", 1],
  ["retry-after", 1000],
];

/** The headers of an SDK's response or of a Web `Response`. */
export interface ReadableHeaders {
  /** The value of a header, whatever the case of its name. */
  get(name: string): string | null | undefined;
}

/**
 * How long a response asks its caller to wait, in milliseconds: seconds (decimals allowed), milliseconds or an HTTP date,
 * which is read by the clock of the service that sent it, as far as its `Date` header tells.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function retryAfterInMs(headers: ReadableHeaders | undefined, ownTime = Date.now()): number | undefined {
  const sentAt = Date.parse(headers?.get("date") ?? "");
  const now = Number.isNaN(sentAt) ? ownTime : sentAt;
  for (const [name, unitInMs] of HEADERS) {
    const value = headers?.get(name)?.trim();
    if (!value) continue;
    const duration = /^\d+(?:\.\d+)?$/.test(value) ? Number(value) * unitInMs : Date.parse(value) - now;
    if (Number.isFinite(duration)) return Math.max(0, Math.round(duration));
  }
  return undefined;
}
