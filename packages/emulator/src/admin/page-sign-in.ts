import type { ApplicationFixture, Fixtures } from "../fixtures.js";

/** The fixtures, with the page as a redirect URI of every application, so that people can sign in on the page as any of them. */
export function withPageSignIn(fixtures: Fixtures, pageOrigin: string): Fixtures {
  const redirectUri = `${pageOrigin}/`;
  const extended = <Application extends ApplicationFixture>(application: Application): Application => ({
    ...application,
    redirectUris: [...application.redirectUris, redirectUri],
  });
  const { api, client, daemon, ...others } = fixtures.applications;
  return {
    ...fixtures,
    applications: {
      ...Object.fromEntries(Object.entries(others).map(([name, application]) => [name, extended(application)])),
      api: extended(api),
      client: extended(client),
      daemon: extended(daemon),
    },
  };
}
