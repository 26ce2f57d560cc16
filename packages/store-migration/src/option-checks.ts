/** @throws TypeError if the value has not the methods of an `IdentityStore`. */
export function checkStore(option: string, value: unknown): void {
  const missing = ["get", "insertIfAbsent", "removeIfMatches"].find((method) => !hasMethod(value, method));
  if (missing) throw new TypeError(`${option} has no method ${missing}.`);
}

export function hasMethod(value: unknown, method: string): boolean {
  return typeof value === "object" && value !== null && typeof Reflect.get(value, method) === "function";
}

/** @throws TypeError if the value is given and no whole number from 1 on. */
export function checkPositiveWholeNumber(option: string, value: number | undefined): void {
  if (value !== undefined && !(Number.isInteger(value) && value > 0)) {
    throw new TypeError(`${option} must be a positive whole number.`);
  }
}
