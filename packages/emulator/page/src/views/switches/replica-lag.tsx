import { useSignal } from "@preact/signals";
import { Input } from "../../components/field.js";
import { Section } from "../../components/section.js";
import { act } from "../../data/actions.js";
import { call } from "../../data/admin.js";
import type { EmulatorData } from "../../data/emulator-data.js";

export function ReplicaLag({ state }: EmulatorData) {
  const { milliseconds = 0, reads = 0 } = state.graph.replicaLag;
  const draft = useSignal({ milliseconds: String(milliseconds), reads: String(reads) });
  const set = () =>
    act("The replica lag is set.", () =>
      call("POST", "/graph/replica-lag", {
        milliseconds: Number(draft.value.milliseconds),
        reads: Number(draft.value.reads),
      }),
    );
  return (
    <Section
      title="Replica lag of Microsoft Graph"
      text={`Writes of extensions stay hidden from reads. Now: ${milliseconds} ms and ${reads} reads.`}
    >
      <form
        class="filters"
        onSubmit={(event) => {
          event.preventDefault();
          void set();
        }}
      >
        <Input
          label="Milliseconds"
          type="number"
          min={0}
          value={draft.value.milliseconds}
          onInput={(value) => (draft.value = { ...draft.value, milliseconds: value })}
        />
        <Input
          label="Reads"
          type="number"
          min={0}
          value={draft.value.reads}
          onInput={(value) => (draft.value = { ...draft.value, reads: value })}
        />
        <button type="submit">Set the lag</button>
      </form>
    </Section>
  );
}
