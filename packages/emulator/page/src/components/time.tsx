import { now } from "../data/clock.js";
import { fromNow, localTime } from "../data/times.js";

interface TimeProps {
  /** ISO 8601 */
  readonly value: string;
  /** Says as well how far away it is. */
  readonly relative?: boolean;
}

export function Time({ value, relative = false }: TimeProps) {
  return (
    <time dateTime={value} title={value}>
      {localTime(value, now.value)}
      {relative && <small class="muted"> {fromNow(value, now.value)}</small>}
    </time>
  );
}
