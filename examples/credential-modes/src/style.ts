import pc from "picocolors";

/** Coloured on a terminal only, unless `FORCE_COLOR` says otherwise; never with `NO_COLOR`. */
export const style = pc.createColors(
  pc.isColorSupported && (process.stdout.isTTY || process.env["FORCE_COLOR"] !== undefined),
);
