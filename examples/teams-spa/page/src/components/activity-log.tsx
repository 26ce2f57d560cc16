import type { Entry } from "../activity.js";
import { timeOfDay } from "../time.js";

export function ActivityLog({ entries }: { readonly entries: readonly Entry[] }) {
  return (
    <section className="card activity" aria-labelledby="activity">
      <h2 id="activity">What happened</h2>
      {entries.length === 0 && <p className="muted">Nothing yet.</p>}
      <ol aria-live="polite" aria-labelledby="activity">
        {entries.map(({ id, at, text, tone }) => (
          <li key={id} className={tone}>
            <time dateTime={at.toISOString()}>{timeOfDay(at)}</time> <span>{text}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
