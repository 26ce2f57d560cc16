import type { EmulatorData } from "../../data/emulator-data.js";
import { Counts } from "./counts.js";
import { ServerSettings } from "./server-settings.js";
import { Services } from "./services.js";

export function Overview(data: EmulatorData) {
  return (
    <>
      <Services {...data} />
      <Counts {...data} />
      <ServerSettings settings={data.info.settings} />
    </>
  );
}
