const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });
const calendar = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

export function timeOfDay(time: number | Date): string {
  return clock.format(time);
}

/** A time to come: with its day where that is not today. */
export function moment(time: number): string {
  const isToday = new Date(time).toDateString() === new Date().toDateString();
  return isToday ? clock.format(time) : calendar.format(time);
}

/** A duration as a person reads it: "1 h 14 min 58 s", "12 s". */
export function inWords(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return [hours > 0 && `${hours} h`, seconds >= 60 && `${minutes} min`, `${seconds % 60} s`].filter(Boolean).join(" ");
}
