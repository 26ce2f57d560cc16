import { Hono } from "hono";
import type { EmulatedEntra } from "../emulator.js";
import { readBody } from "./request-body.js";

const consent = { user: "text", application: "text", resource: "text", scopes: "texts" } as const;
const multiFactor = {
  user: "text",
  resource: "text",
  number: [50076, 50079],
  error: ["interaction_required", "invalid_grant"],
} as const;

/** Consent, multi-factor and session policies of the emulated Entra ID. */
export function policyRoutes(entra: EmulatedEntra): Hono {
  return new Hono()
    .post("/consents", async (c) => {
      entra.grantConsent(await readBody(c, consent, ["application", "resource"]));
      return c.body(null, 204);
    })
    .delete("/consents", async (c) => {
      entra.revokeConsent(await readBody(c, consent, ["application", "resource"]));
      return c.body(null, 204);
    })
    .post("/mfa", async (c) => {
      entra.requireMfa(await readBody(c, multiFactor, ["user", "resource"]));
      return c.body(null, 204);
    })
    .delete("/mfa", async (c) => {
      const subject = await readBody(c, { user: "text", resource: "text" }, ["user", "resource"]);
      return entra.withdrawMfa(subject) ? c.body(null, 204) : c.notFound();
    })
    .post("/sessions/revoke", async (c) => {
      entra.revokeSessions(await readBody(c, { user: "text" }, ["user"]));
      return c.body(null, 204);
    });
}
