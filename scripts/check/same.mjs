import assert from "node:assert/strict";

/** @throws Error that says of what, and how it differs: `assert` leaves the difference out of a message of its own. */
export function assertSame(actual, expected, what) {
  try {
    assert.deepEqual(actual, expected);
  } catch (error) {
    throw new Error(`${what}: ${error.message}`);
  }
}

/** @throws Error that tells which names are too many, and which are missing. In which order they are does not matter. */
export function assertSameNames(actual, expected, what) {
  const tooMany = actual.filter((name) => !expected.includes(name)).map((name) => `${name} is too many`);
  const missing = expected.filter((name) => !actual.includes(name)).map((name) => `${name} is missing`);
  const differences = [...tooMany, ...missing];
  if (differences.length > 0) throw new Error(`${what}: ${differences.join(", ")}`);
}
