import type { AcsAuthHandlerOptions, EasyAuthVerifierOptions } from "@acs-auth/http";
import { describe, expect, it } from "vitest";
import { CALLER_TOKEN } from "../support/doubles.js";
import { HOST, signedIn, startEasyAuth, useAppService } from "../support/easy-auth.js";

const OWN = `https://${HOST}`;

async function start(
  options: Partial<EasyAuthVerifierOptions> = {},
  handlerOptions: Partial<AcsAuthHandlerOptions> = {},
) {
  const { ask, service } = await startEasyAuth(options, handlerOptions);
  const send = (method: string, headers: Readonly<Record<string, string>>) =>
    ask(method, "/api/user", { anonymous: true, headers: { host: HOST, ...signedIn(), ...headers } });
  return { send, service };
}

useAppService();

describe("a request of another site", () => {
  it.each([
    ["its Origin", { origin: "https://evil.example" }],
    ["a subdomain's Origin", { origin: "https://evil.api.contoso.com" }],
    ["plain http", { origin: "http://api.contoso.com" }],
    ["another port", { origin: `${OWN}:8443` }],
    ["Origin: null", { origin: "null" }],
    ["an empty Origin", { origin: "" }],
    ["Sec-Fetch-Site: cross-site", { "sec-fetch-site": "cross-site" }],
    ["Sec-Fetch-Site: same-site", { "sec-fetch-site": "same-site" }],
    ["an unknown Sec-Fetch-Site", { "sec-fetch-site": "same-origin, same-origin" }],
    ["a bearer token besides", { origin: "https://evil.example", authorization: `Bearer ${CALLER_TOKEN}` }],
  ])("is refused, told by %s", async (_what, headers) => {
    const { send, service } = await start();
    for (const method of ["GET", "POST", "DELETE"]) {
      expect((await send(method, headers)).problem()).toMatchObject({ status: 403, reason: "cross_site" });
    }
    expect(service.calls).toEqual([]);
  });

  it("cannot be told from one that says nothing, which may change nothing without a bearer token", async () => {
    const { send } = await start();
    expect((await send("GET", {})).problem().code).toBe("identity_not_found");
    for (const method of ["POST", "DELETE"]) {
      expect((await send(method, {})).problem()).toMatchObject({ status: 403, reason: "cross_site" });
      expect((await send(method, { authorization: "Basic dTpw" })).problem().reason).toBe("cross_site");
    }
    expect((await send("POST", { authorization: `Bearer ${CALLER_TOKEN}` })).status).toBe(201);
  });

  it.each([
    ["the application's own origin", { origin: OWN }],
    ["a configured origin", { origin: "https://app.contoso.com", "sec-fetch-site": "same-site" }],
    [
      "the browser's word, behind a proxy that changes the host",
      { origin: "https://x", "sec-fetch-site": "same-origin" },
    ],
  ])("is not one with %s", async (_what, headers) => {
    const { send } = await start({ origins: ["https://app.contoso.com"] });
    expect((await send("POST", headers)).status).toBe(201);
    expect((await send("DELETE", headers)).status).toBe(204);
  });

  it("gets no leave to send credentials from CORS", async () => {
    const { send } = await start({}, { cors: { origins: ["https://app.contoso.com"] } });
    const { headers } = await send("OPTIONS", { origin: "https://app.contoso.com" });
    expect(headers["access-control-allow-credentials"]).toBeUndefined();
  });
});
