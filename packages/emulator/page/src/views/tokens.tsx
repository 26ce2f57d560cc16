import { useSignal } from "@preact/signals";
import type { TokenState } from "../../../src/communication/state.js";
import { Badge, type Tone } from "../components/badge.js";
import { Select } from "../components/field.js";
import { Identifier } from "../components/identifier.js";
import { Table } from "../components/table.js";
import { Time } from "../components/time.js";
import type { EmulatorData } from "../data/emulator-data.js";

interface Row extends TokenState {
  readonly key: string;
  readonly owner: string;
}

const tones: Readonly<Record<TokenState["status"], Tone>> = { active: "good", expired: "neutral", revoked: "bad" };

const columns = [
  { title: "For", cell: ({ owner }: Row) => <Identifier id={owner} /> },
  { title: "Scopes", cell: ({ scopes }: Row) => scopes.join(", ") || <span class="muted">none</span> },
  { title: "Issued", cell: ({ issuedOn }: Row) => <Time value={issuedOn} /> },
  { title: "Expires", cell: ({ expiresOn }: Row) => <Time value={expiresOn} relative /> },
  { title: "Status", cell: ({ status }: Row) => <Badge tone={tones[status]}>{status}</Badge> },
];

const filters = ["all", "active", "revoked", "expired"].map((value) => ({ value, label: value }));

export function Tokens({ state }: EmulatorData) {
  const filter = useSignal("all");
  const { identities, teamsUsers } = state.communication;
  const rows = [...identities, ...teamsUsers]
    .flatMap(({ id, tokens }) => tokens.map((token, index) => ({ ...token, owner: id, key: `${id} ${index}` })))
    .sort((left, right) => right.issuedOn.localeCompare(left.issuedOn));
  return (
    <>
      <div class="filters">
        <Select
          label="Status"
          value={filter.value}
          options={filters}
          onChange={(value) => {
            filter.value = value;
          }}
        />
      </div>
      <Table
        caption="Access tokens, newest first"
        columns={columns}
        rows={rows.filter(({ status }) => filter.value === "all" || status === filter.value)}
        rowKey={({ key }) => key}
        empty={rows.length === 0 ? "No token was issued." : `No token is ${filter.value}.`}
      />
      <p class="muted">
        The tokens themselves are not kept. Revoking takes effect at once here; the real service may take 15 minutes.
      </p>
    </>
  );
}
