import { useSignal } from "@preact/signals";
import { Select } from "../../components/field.js";
import { RowButton } from "../../components/row-button.js";
import { Section } from "../../components/section.js";
import { Table } from "../../components/table.js";
import { act } from "../../data/actions.js";
import { call } from "../../data/admin.js";
import type { EmulatorData, EntraState } from "../../data/emulator-data.js";
import { labelOf, resourceChoices, userChoices } from "./choices.js";

type Policy = EntraState["multiFactor"][number];

export function SecondFactor({ info, state }: EmulatorData) {
  const users = userChoices(info.fixtures);
  const resources = resourceChoices(info.fixtures);
  const user = useSignal(users[0]?.value ?? "");
  const resource = useSignal(resources[0]?.value ?? "");
  const columns = [
    { title: "User", cell: (policy: Policy) => labelOf(users, policy.user) },
    { title: "API", cell: (policy: Policy) => labelOf(resources, policy.resource) },
    {
      title: "Action",
      cell: (policy: Policy) => (
        <RowButton
          label="Withdraw"
          of={`the second factor of ${labelOf(users, policy.user)} for ${labelOf(resources, policy.resource)}`}
          done="The second factor is no longer asked for."
          action={() => call("DELETE", "/mfa", { user: policy.user, resource: policy.resource })}
        />
      ),
    },
  ];
  const ask = () => call("POST", "/mfa", { user: user.value, resource: resource.value });
  return (
    <Section
      title="Second factor"
      text="Before tokens for an API are issued, Entra ID asks the user for a second factor."
    >
      <Table
        caption="Second factors asked for"
        columns={columns}
        rows={state.entra.multiFactor}
        rowKey={({ id }) => id}
        empty="Nobody is asked for a second factor."
      />
      <div class="filters">
        <Select label="User" value={user.value} options={users} onChange={(value) => (user.value = value)} />
        <Select label="API" value={resource.value} options={resources} onChange={(value) => (resource.value = value)} />
        <button type="button" onClick={() => act("The second factor is asked for from now on.", ask)}>
          Ask for it
        </button>
      </div>
    </Section>
  );
}
