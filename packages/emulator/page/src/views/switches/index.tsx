import type { EmulatorData } from "../../data/emulator-data.js";
import { ClaimsChallenges } from "./claims-challenges.js";
import { Consents } from "./consents.js";
import { Keys } from "./keys.js";
import { ReplicaLag } from "./replica-lag.js";
import { SecondFactor } from "./second-factor.js";
import { Sessions } from "./sessions.js";

export function Switches(data: EmulatorData) {
  return (
    <>
      <Keys {...data} />
      <SecondFactor {...data} />
      <Consents {...data} />
      <Sessions {...data} />
      <ReplicaLag {...data} />
      <ClaimsChallenges {...data} />
    </>
  );
}
