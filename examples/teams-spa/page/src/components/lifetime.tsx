import { inWords, moment } from "../time.js";
import { useNow } from "../use-now.js";

export interface LifetimeProps {
  /** Milliseconds since the epoch. */
  readonly since: number;
  readonly expiresOn: number;
}

/** How long a credential is still valid, counting down. */
export function Lifetime({ since, expiresOn }: LifetimeProps) {
  const left = expiresOn - useNow();
  if (left <= 0) return <p className="lifetime expired">Expired at {moment(expiresOn)}</p>;
  return (
    <div className="lifetime">
      <p>
        Valid for <strong>{inWords(left)}</strong>
      </p>
      <progress aria-label="Lifetime left" max={expiresOn - since} value={left} />
      <p className="muted">Until {moment(expiresOn)}. It refreshes itself ten minutes before.</p>
    </div>
  );
}
