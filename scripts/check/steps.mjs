/**
 * Does the steps of a check and tells how each went. Goes on after a failure, so that one run tells all of them; the
 * process then ends with exit code 1.
 */
export async function inSteps(check) {
  const failed = [];
  await check(async (name, body) => {
    const start = performance.now();
    try {
      const result = await body();
      console.log(`✓ ${name} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
      return result;
    } catch (error) {
      failed.push(name);
      console.error(`✗ ${name}\n${error.message}`);
      return undefined;
    }
  });
  if (failed.length > 0) {
    console.error(`\nFailed: ${failed.join(", ")}`);
    process.exitCode = 1;
  }
}
