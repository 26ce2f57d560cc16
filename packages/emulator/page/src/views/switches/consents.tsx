import { useSignal } from "@preact/signals";
import { Select } from "../../components/field.js";
import { Section } from "../../components/section.js";
import { Table } from "../../components/table.js";
import { act } from "../../data/actions.js";
import { call } from "../../data/admin.js";
import type { EmulatorData, EntraState } from "../../data/emulator-data.js";
import { applicationChoices, labelOf, resourceChoices, userChoices } from "./choices.js";

type Consent = EntraState["consents"][number];

export function Consents({ info, state }: EmulatorData) {
  const users = [{ value: "", label: "Every user" }, ...userChoices(info.fixtures)];
  const applications = applicationChoices(info.fixtures);
  const resources = resourceChoices(info.fixtures);
  const user = useSignal("");
  const application = useSignal("client");
  const resource = useSignal(resources[0]?.value ?? "");
  const columns = [
    { title: "User", cell: (consent: Consent) => labelOf(users, consent.user) },
    { title: "Application", cell: (consent: Consent) => labelOf(applications, consent.application) },
    { title: "API", cell: (consent: Consent) => labelOf(resources, consent.resource) },
    {
      title: "Permissions",
      cell: ({ scopes }: Consent) => scopes.join(", ") || <span class="muted">none</span>,
    },
  ];
  const reference = () => ({
    ...(user.value !== "" && { user: user.value }),
    application: application.value,
    resource: resource.value,
  });
  return (
    <Section title="Consents" text="At the start every user has consented to all that the applications may ask for.">
      <Table
        caption="Consents that have changed"
        columns={columns}
        rows={state.entra.consents}
        rowKey={(consent) => `${consent.user} ${consent.application} ${consent.resource}`}
        empty="No consent has changed since the start."
      />
      <div class="filters">
        <Select label="User" value={user.value} options={users} onChange={(value) => (user.value = value)} />
        <Select
          label="Application"
          value={application.value}
          options={applications}
          onChange={(value) => (application.value = value)}
        />
        <Select label="API" value={resource.value} options={resources} onChange={(value) => (resource.value = value)} />
        <button
          type="button"
          onClick={() => act("The consent is taken back.", () => call("DELETE", "/consents", reference()))}
        >
          Take back
        </button>
        <button
          type="button"
          onClick={() => act("The consent is granted.", () => call("POST", "/consents", reference()))}
        >
          Grant
        </button>
      </div>
    </Section>
  );
}
