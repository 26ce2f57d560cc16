const clock = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" } as const;
const clockTime = new Intl.DateTimeFormat("en", clock);
const dayAndTime = new Intl.DateTimeFormat("en", { month: "short", day: "numeric", ...clock });
const relative = new Intl.RelativeTimeFormat("en", { numeric: "always", style: "short" });

/** Today's times without the date. */
export function localTime(isoTime: string, now: number): string {
  const time = new Date(isoTime);
  return (time.toDateString() === new Date(now).toDateString() ? clockTime : dayAndTime).format(time);
}

/** `in 59 min.`, `2 hr. ago` */
export function fromNow(isoTime: string, now: number): string {
  const seconds = Math.round((Date.parse(isoTime) - now) / 1000);
  if (Math.abs(seconds) < 60) return relative.format(seconds, "second");
  const minutes = Math.round(seconds / 60);
  return Math.abs(minutes) < 120
    ? relative.format(minutes, "minute")
    : relative.format(Math.round(minutes / 60), "hour");
}

/** `7 ms`, `1.4 s` */
export function duration(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
