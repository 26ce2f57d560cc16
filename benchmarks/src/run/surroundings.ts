import type { LoadOperations } from "../load/load.js";
import { RemoteProcess } from "../processes/remote-process.js";
import type { UpstreamOperations } from "../upstream/upstream.js";
import { type Intensity, WARM_UP_USERS } from "./intensity.js";
import type { UpstreamName } from "./scenarios.js";
import type { Surroundings } from "./session.js";

/** Few users come to the emulator, one after the other; it forgets all of them at once. */
const EMULATOR_WARMERS = 5;

/** Starts an upstream and makes its users. */
export async function startSurroundings(
  name: UpstreamName,
  { certificates, caFile }: { readonly certificates: string; readonly caFile: string },
  load: RemoteProcess<LoadOperations>,
  { users, joining, inSequence }: Intensity,
): Promise<Surroundings> {
  const isEmulator = name === "emulator";
  const [residents, newcomers, warmers] = isEmulator
    ? [inSequence, inSequence, EMULATOR_WARMERS]
    : [users, joining, WARM_UP_USERS];
  const upstream = new RemoteProcess<UpstreamOperations>(name, { env: { NODE_EXTRA_CA_CERTS: caFile } });
  const settings = await upstream.call("start", residents + newcomers + warmers, certificates);
  const all = await upstream.call("users");
  const seeded = new Set<string>();
  return {
    upstream,
    settings,
    caFile,
    load,
    residents: all.slice(0, residents),
    newcomers: all.slice(residents, residents + newcomers),
    warmers: all.slice(residents + newcomers),
    async forget() {
      if (isEmulator) seeded.clear();
      await upstream.call("forgetUsersFrom", isEmulator ? 0 : residents);
    },
    seeded,
  };
}
