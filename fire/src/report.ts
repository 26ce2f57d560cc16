import { appendFileSync } from "node:fs";

/** What one experiment came to. */
export interface Finding {
  /** The heading in the printed report, such as `killed processes`. */
  readonly section: string;
  readonly what: string;
  /** How often it was tried. */
  readonly tried: number;
  /** Identities, tokens or answers that were lost or wrong: must be 0. */
  readonly lost: number;
  /** Further figures, by name. */
  readonly figures?: Readonly<Record<string, string | number>>;
}

/** Adds a finding to the report that `pnpm test:fire` prints. */
export function report(finding: Finding): void {
  const file = process.env["FIRE_REPORT"];
  if (file) appendFileSync(file, `${JSON.stringify(finding)}\n`);
}
