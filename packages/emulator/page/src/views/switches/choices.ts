import type { Fixtures } from "../../../../src/fixtures.js";

type Choices = readonly { readonly value: string; readonly label: string }[];

export function userChoices({ users }: Fixtures): Choices {
  return Object.entries(users).map(([value, { displayName }]) => ({ value, label: displayName }));
}

export function applicationChoices({ applications }: Fixtures): Choices {
  return Object.entries(applications)
    .filter(([, { permissions }]) => permissions.some(({ scopes = [] }) => scopes.length > 0))
    .map(([value, { displayName }]) => ({ value, label: displayName }));
}

/** The APIs, those of applications included. */
export function resourceChoices({ resources, applications }: Fixtures): Choices {
  const exposed = Object.entries(applications).filter(([, { api }]) => api !== undefined);
  return [...exposed, ...Object.entries(resources)].map(([value, { displayName }]) => ({ value, label: displayName }));
}

/** The name a choice is shown with. */
export function labelOf(choices: Choices, value: string): string {
  return choices.find((choice) => choice.value === value)?.label ?? value;
}
