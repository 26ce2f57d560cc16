import { Hono } from "hono";
import type { EmulatedGraph } from "../emulator.js";
import { readBody } from "./request-body.js";
import { Requirements } from "./requirements.js";

/** Replica lag and claims challenges of the emulated Microsoft Graph. */
export function graphRoutes(graph: EmulatedGraph): Hono {
  const claimsRequirements = new Requirements();
  return new Hono()
    .post("/replica-lag", async (c) => {
      graph.setReplicaLag(await readBody(c, { milliseconds: "number", reads: "number" }));
      return c.body(null, 204);
    })
    .post("/claims-challenges", async (c) => {
      const requirement = await readBody(c, { user: "text", claims: "object" }, ["user"]);
      claimsRequirements.add([requirement.user], graph.requireClaims(requirement));
      return c.body(null, 204);
    })
    .delete("/claims-challenges", async (c) => {
      const { user } = await readBody(c, { user: "text" }, ["user"]);
      return claimsRequirements.withdraw([user]) ? c.body(null, 204) : c.notFound();
    });
}
