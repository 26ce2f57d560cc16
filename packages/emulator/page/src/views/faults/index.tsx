import { RowButton } from "../../components/row-button.js";
import { Section } from "../../components/section.js";
import { Table } from "../../components/table.js";
import { act } from "../../data/actions.js";
import { call } from "../../data/admin.js";
import type { EmulatorData, FaultInForce } from "../../data/emulator-data.js";
import { FaultForm } from "./fault-form.js";
import { faultText, targetText } from "./fault-text.js";

const columns = [
  { title: "Effect", cell: ({ fault }: FaultInForce) => faultText(fault) },
  { title: "Strikes", cell: ({ fault }: FaultInForce) => targetText(fault) },
  { title: "Struck", cell: ({ struck }: FaultInForce) => struck },
  {
    title: "Action",
    cell: ({ id, fault }: FaultInForce) => (
      <RowButton
        label="Remove"
        of={`the fault that ${faultText(fault)}`}
        done="Removed the fault."
        action={() => call("DELETE", `/faults/${id}`)}
      />
    ),
  },
];

export function Faults({ faults, counts }: EmulatorData) {
  return (
    <>
      <Section title="In force" text="A request is struck by the first fault that matches it.">
        <Table
          caption="Faults in force"
          columns={columns}
          rows={faults}
          rowKey={({ id }) => id}
          empty="No fault is set: every request is answered as it should be."
        />
        {faults.length > 1 && (
          <button type="button" onClick={() => act("Removed all faults.", () => call("DELETE", "/faults"))}>
            Remove all
          </button>
        )}
      </Section>
      <FaultForm paths={[...new Set(counts.map(({ route }) => route.replace(/^\S+ /, "")))]} />
    </>
  );
}
