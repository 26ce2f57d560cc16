import assert from "node:assert/strict";

/** @throws Error that says of what, and how it differs: `assert` leaves the difference out of a message of its own. */
export function assertSame(actual, expected, what) {
  try {
    assert.deepEqual(actual, expected);
  } catch (error) {
    throw new Error(`${what}: ${error.message}`);
  }
}

/**
 * In which order the names are does not matter, how often each one is there does.
 *
 * @throws Error that tells which names are too many, and which are missing.
 */
export function assertSameNames(actual, expected, what) {
  const tooMany = without(actual, expected).map((name) => `${name} is too many`);
  const missing = without(expected, actual).map((name) => `${name} is missing`);
  const differences = [...tooMany, ...missing];
  if (differences.length > 0) throw new Error(`${what}: ${differences.join(", ")}`);
}

/** What is left of the names when each of the others has taken one like itself away. */
function without(names, others) {
  const left = [...names];
  for (const name of others) if (left.includes(name)) left.splice(left.indexOf(name), 1);
  return left;
}
