import { Hono } from "hono";
import type { EmulatedGraph } from "../emulator.js";
import { readBody } from "./request-body.js";

/** Replica lag and claims challenges of the emulated Microsoft Graph. */
export function graphRoutes(graph: EmulatedGraph): Hono {
  return new Hono()
    .post("/replica-lag", async (c) => {
      graph.setReplicaLag(await readBody(c, { milliseconds: "number", reads: "number" }));
      return c.body(null, 204);
    })
    .post("/claims-challenges", async (c) => {
      graph.requireClaims(await readBody(c, { user: "text", claims: "object" }, ["user"]));
      return c.body(null, 204);
    })
    .delete("/claims-challenges", async (c) => {
      return graph.withdrawClaims(await readBody(c, { user: "text" }, ["user"])) ? c.body(null, 204) : c.notFound();
    });
}
