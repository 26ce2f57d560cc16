import { defaultFixtures, type Fixtures, type UserFixture } from "@acs-auth/emulator";

const PEOPLE = 40;

/** A user of the emulator, by its name there. */
export interface Person extends UserFixture {
  readonly name: string;
}

/** One for each test: no test meets what another has left behind. */
export const people: readonly Person[] = Array.from({ length: PEOPLE }, (_, index) => {
  const number = String(index + 1).padStart(2, "0");
  const address = `person-${number}@home.example`;
  return {
    name: `person-${number}`,
    objectId: `b0000000-0000-4000-8000-0000000001${number}`,
    tenant: "home",
    displayName: `Fixture Person ${number}`,
    userPrincipalName: address,
    email: address,
  };
});

export const fixtures: Fixtures = {
  ...defaultFixtures,
  users: { ...defaultFixtures.users, ...Object.fromEntries(people.map((person) => [person.name, person])) },
};
