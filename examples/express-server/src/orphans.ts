import { appendFile } from "node:fs/promises";
import type { OrphanedIdentityHook } from "@acs-auth/core";

/** Adds each orphan to a file, as a JSON line. It names the person and the identity, which the log does not. */
export function orphansIn(file: string): OrphanedIdentityHook {
  return async ({ error, ...orphan }) => {
    const line = JSON.stringify({ reportedOn: new Date(), ...orphan, error: error?.code });
    await appendFile(file, `${line}\n`, { mode: 0o600, flush: true });
  };
}
