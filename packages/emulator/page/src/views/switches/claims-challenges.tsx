import { useSignal } from "@preact/signals";
import { Select } from "../../components/field.js";
import { RowButton } from "../../components/row-button.js";
import { Section } from "../../components/section.js";
import { Table } from "../../components/table.js";
import { act } from "../../data/actions.js";
import { call } from "../../data/admin.js";
import type { EmulatorData } from "../../data/emulator-data.js";
import { labelOf, userChoices } from "./choices.js";

type Challenge = EmulatorData["state"]["graph"]["claimsChallenges"][number];

export function ClaimsChallenges({ info, state }: EmulatorData) {
  const users = userChoices(info.fixtures);
  const user = useSignal(users[0]?.value ?? "");
  const columns = [
    { title: "User", cell: (challenge: Challenge) => labelOf(users, challenge.user) },
    { title: "Claims", cell: ({ claims }: Challenge) => <code>{claims}</code> },
    {
      title: "Action",
      cell: (challenge: Challenge) => (
        <RowButton
          label="Withdraw"
          of={`the claims challenge of ${labelOf(users, challenge.user)}`}
          done="The tokens are accepted again."
          action={() => call("DELETE", "/graph/claims-challenges", { user: challenge.user })}
        />
      ),
    },
  ];
  const challenge = () => call("POST", "/graph/claims-challenges", { user: user.value });
  return (
    <Section
      title="Claims challenges of Microsoft Graph"
      text="Tokens that a user got before now are refused with a claims challenge, as after a revocation (continuous access evaluation)."
    >
      <Table
        caption="Claims challenges in force"
        columns={columns}
        rows={state.graph.claimsChallenges}
        rowKey={(row) => `${row.user} ${row.claims}`}
        empty="No user's tokens are refused."
      />
      <div class="filters">
        <Select label="User" value={user.value} options={users} onChange={(value) => (user.value = value)} />
        <button type="button" onClick={() => act("The user's earlier tokens are refused from now on.", challenge)}>
          Refuse earlier tokens
        </button>
      </div>
    </Section>
  );
}
