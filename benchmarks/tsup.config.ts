import { defineConfig } from "tsup";
import { application } from "../tsup.base.js";

export default defineConfig({
  ...application,
  entry: {
    bench: "src/bench.ts",
    emulator: "src/upstream/emulator.ts",
    "stand-in": "src/upstream/stand-in.ts",
    reference: "src/servers/reference.ts",
    ours: "src/servers/ours.ts",
    floor: "src/servers/floor.ts",
    load: "src/load/load-process.ts",
    verification: "src/measure/verification-process.ts",
    growth: "src/measure/growth-process.ts",
  },
});
