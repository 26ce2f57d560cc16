import { useSignal } from "@preact/signals";
import { Select } from "../../components/field.js";
import type { EmulatorData } from "../../data/emulator-data.js";
import { signInChoices } from "../../sign-in/choices.js";
import { SignInResult } from "../../sign-in/sign-in-result.js";
import { UserCard } from "./user-card.js";

export function Users({ info, state }: EmulatorData) {
  const choices = signInChoices(info.fixtures);
  const index = useSignal(0);
  const choice = choices[index.value];
  return (
    <>
      <SignInResult info={info} />
      <div class="filters">
        <Select
          label="Sign in to"
          hint="Which application asks, and for which API."
          value={String(index.value)}
          options={choices.map(({ label }, position) => ({ value: String(position), label }))}
          onChange={(value) => {
            index.value = Number(value);
          }}
        />
      </div>
      <ul class="cards" aria-label="Fixture users">
        {Object.entries(info.fixtures.users).map(([name, user]) => (
          <li key={name} class="card">
            <UserCard name={name} user={user} choice={choice} info={info} state={state} />
          </li>
        ))}
      </ul>
    </>
  );
}
