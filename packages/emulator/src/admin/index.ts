import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { HTTPException } from "hono/http-exception";
import type { Emulator } from "../emulator.js";
import type { AddedFault } from "../server/faults.js";
import type { RequestLog } from "../server/request-log.js";
import { graphRoutes } from "./graph-routes.js";
import { emulatorInfo } from "./info.js";
import { logRoutes } from "./log-routes.js";
import { refuseForeignRequests } from "./origin-guard.js";
import { pageRoutes } from "./page-routes.js";
import { policyRoutes } from "./policy-routes.js";
import { readBody, readObject } from "./request-body.js";
import { snapshotRoutes } from "./snapshot-routes.js";

const maximumBodyInBytes = 256 * 1024;
const mintToken = {
  user: "text",
  application: "text",
  tenant: "text",
  audience: "text",
  scopes: "texts",
  roles: "texts",
  version: ["1.0", "2.0"],
  lifetimeInSeconds: "number",
  notBefore: "number",
  claims: "object",
  header: "object",
  signWith: ["published", "unpublished"],
} as const;

/** What the admin endpoint serves. */
export type AdminTarget = Omit<Emulator, "admin" | "close">;

/** The emulator's own interface over HTTP, for scripts and for tests in other languages. */
export function createAdmin(emulator: AdminTarget, log: RequestLog): Hono {
  const { faults, requests, communication, entra, graph } = emulator;
  const app = new Hono();
  app.use(refuseForeignRequests).route("/", snapshotRoutes(emulator));
  app.use(bodyLimit({ maxSize: maximumBodyInBytes }));
  return app
    .route("/", pageRoutes(entra.url))
    .get("/info", (c) => c.json(emulatorInfo(emulator)))
    .get("/state", (c) => c.json(emulator.state()))
    .post("/reset", (c) => {
      emulator.reset();
      return c.body(null, 204);
    })
    .get("/faults", (c) => c.json(faults.list().map(describeFault)))
    .post("/faults", async (c) => c.json(describeFault(faults.add(await readObject(c))), 201))
    .delete("/faults", (c) => {
      faults.clear();
      return c.body(null, 204);
    })
    .delete("/faults/:id", (c) => (faults.remove(c.req.param("id")) ? c.body(null, 204) : c.notFound()))
    .get("/requests", (c) => c.json(requests.list()))
    .delete("/requests", (c) => {
      requests.clear();
      return c.body(null, 204);
    })
    .post("/tokens", async (c) => c.json({ token: await emulator.mintToken(await readBody(c, mintToken)) }))
    .post("/tokens/introspect", async (c) => {
      const { token } = await readBody(c, { token: "text" }, ["token"]);
      return c.json(await communication.introspectToken(token));
    })
    .post("/keys/rotate", async (c) => {
      await emulator.rotateKeys(await readBody(c, { publishOnly: "flag", removeOld: "flag" }));
      return c.body(null, 204);
    })
    .route("/log", logRoutes(log))
    .route("/", policyRoutes(entra))
    .route("/graph", graphRoutes(graph))
    .notFound((c) => c.json({ error: "Not found. GET / lists the routes." }, 404))
    .onError((error, c) => {
      if (error instanceof HTTPException) return error.getResponse();
      if (!(error instanceof TypeError)) throw error;
      return c.json({ error: error.message }, 400);
    });
}

function describeFault({ id, fault, struck }: AddedFault) {
  return { id, fault, struck };
}
