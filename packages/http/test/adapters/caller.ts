import { type Answer, exchange } from "./exchange.js";
import { tokens } from "./fixtures/fixture.mjs";

const authorization = `Bearer ${tokens.caller}`;

/** Asks for the caller's user. */
export function getUser(port: number, path = "/api/user"): Promise<Answer> {
  return exchange(port, { method: "GET", path, headers: { authorization } });
}

/** Sends a body that only one who reads it can answer with the length of the Teams token in it: 13 characters. */
export function postTeamsToken(port: number, path = "/exchange"): Promise<Answer> {
  const headers = { authorization, "content-type": "application/json" };
  return exchange(port, { method: "POST", path, headers, body: '{ "accessToken": "a.teams.token" }' });
}
