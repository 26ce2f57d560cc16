import { Badge } from "../../components/badge.js";
import { Section } from "../../components/section.js";
import { Table } from "../../components/table.js";
import { act } from "../../data/actions.js";
import { call } from "../../data/admin.js";
import type { EmulatorData, EntraState } from "../../data/emulator-data.js";

type Key = EntraState["keys"][number];

const columns = [
  { title: "Key id", cell: ({ kid }: Key) => <code>{kid}</code> },
  {
    title: "Use",
    cell: ({ signing }: Key) => (signing ? <Badge tone="good">signs</Badge> : <Badge tone="neutral">published</Badge>),
  },
];

export function Keys({ state }: EmulatorData) {
  const rotate = (done: string, options: object) => act(done, () => call("POST", "/keys/rotate", options));
  return (
    <Section
      title="Signing keys of Entra ID"
      text="Servers have to accept a new key without a restart, and to refuse tokens of a key that was withdrawn."
    >
      <Table caption="Signing keys" columns={columns} rows={state.entra.keys} rowKey={({ kid }) => kid} empty="" />
      <div class="actions">
        <button type="button" onClick={() => rotate("Entra ID signs with a new key.", {})}>
          Rotate
        </button>
        <button type="button" onClick={() => rotate("The next key is published.", { publishOnly: true })}>
          Publish the next key only
        </button>
        <button type="button" onClick={() => rotate("Only the new key is left.", { removeOld: true })}>
          Rotate and withdraw the old ones
        </button>
      </div>
    </Section>
  );
}
