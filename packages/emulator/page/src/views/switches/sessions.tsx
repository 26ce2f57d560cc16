import { useSignal } from "@preact/signals";
import { Select } from "../../components/field.js";
import { Section } from "../../components/section.js";
import { act } from "../../data/actions.js";
import { call } from "../../data/admin.js";
import type { EmulatorData } from "../../data/emulator-data.js";
import { labelOf, userChoices } from "./choices.js";

export function Sessions({ info }: EmulatorData) {
  const users = userChoices(info.fixtures);
  const user = useSignal(users[0]?.value ?? "");
  const revoke = () => call("POST", "/sessions/revoke", { user: user.value });
  return (
    <Section
      title="Sessions"
      text="Makes the refresh tokens, authorization codes and browser sessions of a user worthless. Access tokens go on until they expire."
    >
      <div class="filters">
        <Select label="User" value={user.value} options={users} onChange={(value) => (user.value = value)} />
        <button type="button" onClick={() => act(`${labelOf(users, user.value)} is signed out everywhere.`, revoke)}>
          Sign out everywhere
        </button>
      </div>
    </Section>
  );
}
