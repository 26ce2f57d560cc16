import type { ApplicationFixture } from "../../fixtures.js";

/** Whether an application registered the address; the port of an `http://localhost` address is free (RFC 8252, section 7.3). */
export function isRegistered(redirectUri: string, { redirectUris }: ApplicationFixture): boolean {
  if (!URL.canParse(redirectUri)) return false;
  const requested = new URL(redirectUri);
  if (requested.hash !== "") return false;
  return redirectUris.some((registered) => registered === redirectUri || isSameButPort(new URL(registered), requested));
}

function isSameButPort(registered: URL, requested: URL): boolean {
  const isLoopback = registered.protocol === "http:" && registered.hostname === "localhost";
  return (
    (isLoopback || registered.port === requested.port) &&
    registered.protocol === requested.protocol &&
    registered.hostname === requested.hostname &&
    registered.pathname === requested.pathname &&
    registered.search === requested.search &&
    requested.username === "" &&
    requested.password === ""
  );
}
