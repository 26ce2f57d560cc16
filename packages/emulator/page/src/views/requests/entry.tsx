import { useSignal } from "@preact/signals";
import type { LoggedRequest } from "../../../../src/server/request-log.js";
import { Badge, type Tone } from "../../components/badge.js";
import { Time } from "../../components/time.js";
import { serviceTitles } from "../../data/services.js";
import { duration } from "../../data/times.js";
import { faultText } from "../faults/fault-text.js";
import { Message } from "./message.js";

/** One request: a line, and all of both sides when it is opened. */
export function Entry({ logged }: { readonly logged: LoggedRequest }) {
  const isOpen = useSignal(false);
  const { time, service, method, path, durationInMs, fault, request, response } = logged;
  return (
    <details
      onToggle={({ currentTarget }) => {
        isOpen.value = currentTarget.open;
      }}
    >
      <summary>
        <Time value={time} />
        <span class="service">{serviceTitles[service]}</span>
        <span class="request-line">
          <strong>{method}</strong> <code>{path}</code>
        </span>
        <Status logged={logged} />
        <span class="duration">{durationInMs === undefined ? "" : duration(durationInMs)}</span>
      </summary>
      {isOpen.value && (
        <div class="exchange">
          {fault && <p>Struck by a fault: {faultText(fault)}.</p>}
          <Message title="Request" message={request} absent="No body, or one that was not read." />
          {response && <Message title="Response" message={response} absent="No body." />}
        </div>
      )}
    </details>
  );
}

function Status({ logged: { response, durationInMs, fault } }: { readonly logged: LoggedRequest }) {
  if (response) return <Badge tone={toneOf(response.status)}>{response.status}</Badge>;
  if (durationInMs === undefined) return <Badge tone="neutral">waiting</Badge>;
  return <Badge tone="bad">{fault?.stage === "after" ? "reply lost" : "cut"}</Badge>;
}

function toneOf(status: number): Tone {
  if (status >= 500) return "bad";
  if (status >= 400) return "warning";
  return status >= 300 ? "neutral" : "good";
}
