/**
 * Lets `fetch` find production hosts elsewhere, as an entry in the hosts file would: MSAL and the Graph client, which
 * call it, run with the addresses that they have in production.
 *
 * @param origins - from the origin asked for to the one that answers.
 */
export function resolveProductionHosts(origins: Readonly<Record<string, string>>): void {
  const { fetch } = globalThis;
  globalThis.fetch = (input, init) => {
    const url = typeof input === "string" ? input : input instanceof URL ? input.href : input.url;
    const origin = Object.keys(origins).find((candidate) => url.startsWith(`${candidate}/`));
    return origin === undefined ? fetch(input, init) : fetch(`${origins[origin]}${url.slice(origin.length)}`, init);
  };
}
