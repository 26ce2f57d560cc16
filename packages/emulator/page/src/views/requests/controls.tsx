import type { Signal } from "@preact/signals";
import { Select } from "../../components/field.js";
import { act } from "../../data/actions.js";
import { clearLog, isPaused, missedRequests } from "../../data/log.js";
import { services, serviceTitles } from "../../data/services.js";
import { type LogFilter, statusChoices } from "./filter.js";

interface ControlsProps {
  readonly filter: Signal<LogFilter>;
  /** How many requests match it. */
  readonly shown: number;
}

export function Controls({ filter, shown }: ControlsProps) {
  const change = (changes: Partial<LogFilter>) => {
    filter.value = { ...filter.value, ...changes };
  };
  const serviceChoices = [
    { value: "", label: "All" },
    ...services.map((value) => ({ value, label: serviceTitles[value] })),
  ];
  const count = shown === 1 ? "1 request" : `${shown} requests`;
  return (
    <div class="filters">
      <Select
        label="Service"
        value={filter.value.service}
        options={serviceChoices}
        onChange={(service) => change({ service })}
      />
      <Select
        label="Status"
        value={filter.value.status}
        options={statusChoices}
        onChange={(status) => change({ status })}
      />
      <button
        type="button"
        aria-pressed={isPaused.value}
        onClick={() => {
          isPaused.value = !isPaused.value;
        }}
      >
        Pause
      </button>
      <button type="button" onClick={() => act("Cleared the log.", clearLog)}>
        Clear
      </button>
      <span role="status" class="muted">
        {isPaused.value ? `${count}, paused, ${missedRequests()} more since` : count}
      </span>
    </div>
  );
}
