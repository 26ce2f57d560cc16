/** How long a write stays hidden from reads. Writes themselves always see each other. */
export interface ReplicaLag {
  /** Hidden for so long. Default: 0. */
  readonly milliseconds?: number;
  /** Hidden from so many reads of that user's extensions. Default: 0. */
  readonly reads?: number;
}

/** @throws TypeError unless both are numbers of 0 or more. */
export function checkReplicaLag(lag: ReplicaLag): void {
  for (const name of ["milliseconds", "reads"] as const) {
    const value = lag[name] ?? 0;
    if (!Number.isSafeInteger(value) || value < 0) throw new TypeError(`The lag's "${name}" must be a whole number.`);
  }
}
