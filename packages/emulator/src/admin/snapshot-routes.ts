import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Emulator } from "../emulator.js";
import { readObject } from "./request-body.js";

/** Large: every identity and every token of a long run is in it. */
const maximumSnapshotInBytes = 64 * 1024 * 1024;

/** Export and import of the emulator's state. What is exported holds private keys. */
export function snapshotRoutes(emulator: Pick<Emulator, "exportState" | "importState">): Hono {
  return new Hono()
    .get("/snapshot", async (c) => c.json(await emulator.exportState(), 200, { "Cache-Control": "no-store" }))
    .post("/snapshot", bodyLimit({ maxSize: maximumSnapshotInBytes }), async (c) => {
      await emulator.importState(await readObject(c));
      return c.body(null, 204);
    });
}
