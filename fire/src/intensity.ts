/** Whether the suite runs in its short form, as on every push. */
export const isShort = process.env["FIRE"] !== "full";

/** How often to try something: in full, or in the short form. */
export function times(full: number, short: number): number {
  return isShort ? short : full;
}
