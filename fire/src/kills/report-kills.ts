import { report } from "../report.js";
import type { Aftermath } from "./kill-workers.js";
import { WINDOWS } from "./window.js";

export function reportKills(store: string, aftermaths: readonly Aftermath[]): void {
  const windows = WINDOWS.map((window) => [
    window,
    aftermaths.filter((aftermath) => aftermath.window === window).length,
  ]);
  report({
    section: "killed processes",
    what: `${store} store`,
    tried: aftermaths.length,
    lost: aftermaths.filter(({ violations }) => violations.length > 0).length,
    figures: {
      ...Object.fromEntries(windows),
      "identities unaccounted for": aftermaths.reduce((sum, { unaccounted }) => sum + unaccounted, 0),
    },
  });
}
