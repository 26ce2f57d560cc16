import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createCertificateAuthority } from "@acs-auth/emulator";
import type { LoadOperations } from "../load/load.js";
import { RemoteProcess } from "../processes/remote-process.js";
import { describeMachine } from "../report/machine.js";
import type { Results } from "../report/results.js";
import type { Intensity } from "./intensity.js";
import { runLoads } from "./run-loads.js";
import { runOthers } from "./run-others.js";
import type { UpstreamName } from "./scenarios.js";
import type { Surroundings } from "./session.js";
import { startSurroundings } from "./surroundings.js";

export interface RunOptions {
  readonly intensity: Intensity;
  readonly quick: boolean;
  readonly only: ReadonlySet<string>;
  readonly progress: (text: string) => void;
}

/** Starts what all scenarios share, runs them and stops it all. */
export async function run(options: RunOptions): Promise<Results> {
  const { intensity, quick } = options;
  const startedOn = new Date().toISOString();
  const directory = mkdtempSync(join(tmpdir(), "acs-auth-bench-"));
  const certificates = { certificates: directory, caFile: (await createCertificateAuthority(directory)).caFile };
  const load = new RemoteProcess<LoadOperations>("load");
  const started = new Map<UpstreamName, Surroundings>();
  const surroundings = async (name: UpstreamName) => {
    const found = started.get(name) ?? (await startSurroundings(name, certificates, load, intensity));
    started.set(name, found);
    return found;
  };
  try {
    const { loads, rounds } = await runLoads(options, surroundings);
    const others = await runOthers(options, surroundings);
    return { machine: describeMachine(), startedOn, quick, rounds, users: intensity.users, loads, ...others };
  } finally {
    await Promise.all([load.stop(), ...[...started.values()].map(({ upstream }) => upstream.stop())]);
    rmSync(directory, { recursive: true });
  }
}
