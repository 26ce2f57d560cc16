import type { Fault } from "./faults.js";
import { serviceNames } from "./request-counters.js";

const isText = (value: unknown) => typeof value === "string";
const isCount = (value: unknown) => Number.isSafeInteger(value) && Number(value) >= 0;
const isObject = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);
const oneOf = (allowed: readonly unknown[]) => (value: unknown) => allowed.includes(value);

const members: Readonly<Record<keyof Fault, readonly [(value: unknown) => boolean, expected: string]>> = {
  service: [oneOf(serviceNames), `one of ${serviceNames.join(", ")}`],
  method: [isText, "a text"],
  path: [isText, "a text"],
  after: [isCount, "a whole number, 0 or more"],
  times: [(value) => isCount(value) && value !== 0, "a whole number, 1 or more"],
  delayInMs: [isCount, "a whole number, 0 or more"],
  stage: [oneOf(["before", "after"]), '"before" or "after"'],
  status: [(value) => isCount(value) && Number(value) >= 400 && Number(value) <= 599, "an HTTP status of 400 to 599"],
  code: [isText, "a text"],
  body: [(value) => isText(value) || isObject(value), "a text or an object"],
  retryAfterInSeconds: [isCount, "a whole number, 0 or more"],
  headers: [(value) => isObject(value) && Object.values(Object(value)).every(isText), "an object of texts"],
  connection: [oneOf(["reset", "hang"]), '"reset" or "hang"'],
};

/** @throws TypeError that names the member that makes no sense. */
export function checkFault(fault: Fault): void {
  if (!isObject(fault)) throw new TypeError("A fault must be an object.");
  for (const [name, value] of Object.entries(fault)) {
    const check = Object.hasOwn(members, name) ? members[name as keyof Fault] : undefined;
    if (!check) throw new TypeError(`A fault has no member "${name}". It has: ${Object.keys(members).join(", ")}.`);
    const [isValid, expected] = check;
    if (value !== undefined && !isValid(value)) throw new TypeError(`The fault's "${name}" must be ${expected}.`);
  }
  if (fault.status !== undefined && fault.connection !== undefined) {
    throw new TypeError("A fault has either a status or a connection fault, not both.");
  }
  if (fault.status === undefined && fault.connection === undefined && fault.delayInMs === undefined) {
    throw new TypeError("A fault needs a status, a connection fault or a delay.");
  }
}
