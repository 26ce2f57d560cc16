import { useSignal } from "@preact/signals";
import { Badge } from "../../components/badge.js";
import { isFollowing, shownRequests } from "../../data/log.js";
import { Controls } from "./controls.js";
import { Entry } from "./entry.js";
import { everything, isShown, type LogFilter } from "./filter.js";

export function Requests() {
  const filter = useSignal<LogFilter>(everything);
  const shown = shownRequests.value.filter((request) => isShown(request, filter.value));
  return (
    <>
      <Controls filter={filter} shown={shown.length} />
      {!isFollowing.value && (
        <p>
          <Badge tone="bad">not connected</Badge> The log is not live at the moment.
        </p>
      )}
      {shown.length === 0 ? (
        <p class="empty">
          {shownRequests.value.length === 0
            ? "No request yet. Those of your server show up here while they happen."
            : "No request matches the filter."}
        </p>
      ) : (
        <ol class="log" aria-label="Requests, newest first">
          {shown.map((request) => (
            <li key={request.id}>
              <Entry logged={request} />
            </li>
          ))}
        </ol>
      )}
      <p class="muted">
        The newest 500 requests. Tokens, secrets, codes, signatures and cookies are shortened when they are recorded; of
        bodies the first 8 KiB are kept.
      </p>
    </>
  );
}
