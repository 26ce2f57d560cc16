import type { ApplicationFixture, Fixtures, UserFixture } from "../../../src/fixtures.js";

/** What a token can be asked for: a fixture application and one of the APIs it may use. */
export interface SignInChoice {
  /** Names of the fixtures. */
  readonly application: string;
  readonly resource: string;
  /** The delegated permissions, as they are written in a request. */
  readonly scopes: readonly string[];
  readonly label: string;
}

/** Applications that a person can sign in to, with each API they have delegated permissions for. */
export function signInChoices(fixtures: Fixtures): readonly SignInChoice[] {
  return Object.entries(fixtures.applications)
    .sort(([, left], [, right]) => Number(right.publicClient) - Number(left.publicClient))
    .filter(([, { publicClient, clientSecret }]) => publicClient || clientSecret !== undefined)
    .flatMap(([application, { displayName, permissions }]) =>
      permissions.flatMap(({ resource, scopes = [] }) => {
        const { identifier, title } = api(fixtures, resource);
        if (scopes.length === 0) return [];
        return {
          application,
          resource,
          scopes: scopes.map((scope) => `${identifier}/${scope}`),
          label: `${displayName} for ${title}: ${scopes.join(", ")}`,
        };
      }),
    );
}

/** Whether the application exists in the user's tenant. */
export function canSignIn(user: UserFixture, { tenants }: ApplicationFixture): boolean {
  return tenants.includes(user.tenant);
}

function api({ resources, applications }: Fixtures, name: string): { identifier: string; title: string } {
  const application = applications[name];
  const found = resources[name] ?? application?.api;
  return {
    identifier: found?.identifierUris[0] ?? name,
    title: resources[name]?.displayName ?? application?.displayName ?? name,
  };
}
