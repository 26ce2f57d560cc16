import { useSignal } from "@preact/signals";
import type { IdentityState } from "../../../src/communication/state.js";
import { Badge } from "../components/badge.js";
import { Identifier } from "../components/identifier.js";
import { Table } from "../components/table.js";
import { Time } from "../components/time.js";
import type { EmulatorData } from "../data/emulator-data.js";

const columns = [
  { title: "Identity", cell: ({ id }: IdentityState) => <Identifier id={id} /> },
  { title: "Created", cell: ({ createdOn }: IdentityState) => <Time value={createdOn} relative /> },
  {
    title: "State",
    cell: ({ deletedOn }: IdentityState) =>
      deletedOn === undefined ? (
        <Badge tone="good">exists</Badge>
      ) : (
        <>
          <Badge tone="neutral">deleted</Badge> <Time value={deletedOn} />
        </>
      ),
  },
  { title: "Tokens", cell: ({ tokens }: IdentityState) => <TokenCounts tokens={tokens} /> },
];

export function Identities({ state }: EmulatorData) {
  const showDeleted = useSignal(false);
  const { identities } = state.communication;
  const deleted = identities.filter(({ deletedOn }) => deletedOn !== undefined).length;
  const shown = identities.filter(({ deletedOn }) => showDeleted.value || deletedOn === undefined);
  return (
    <>
      <label class="check">
        <input
          type="checkbox"
          checked={showDeleted}
          onChange={({ currentTarget }) => {
            showDeleted.value = currentTarget.checked;
          }}
        />
        Show the deleted ones ({deleted})
      </label>
      <Table
        caption="Identities, newest first"
        columns={columns}
        rows={shown.toReversed()}
        rowKey={({ id }) => id}
        empty="There is no identity. A server creates one the first time a user needs it."
      />
    </>
  );
}

function TokenCounts({ tokens }: Pick<IdentityState, "tokens">) {
  const count = (status: string) => tokens.filter((token) => token.status === status).length;
  if (tokens.length === 0) return <span class="muted">none issued</span>;
  const parts = [`${tokens.length} issued`, `${count("active")} active`, `${count("revoked")} revoked`];
  return <>{parts.join(", ")}</>;
}
