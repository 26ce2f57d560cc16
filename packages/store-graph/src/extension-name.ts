const REVERSE_DOMAIN_NAME = /^[a-z][a-z\d]*(?:\.[a-z\d][a-z\d]*){2,}$/i;
const RESERVED = /^com\.(?:microsoft|onmicrosoft)\./i;
const MAX_LENGTH = 128;

/**
 * Graph documents no alphabet for names and compares them in an undocumented way, so only what is sure to work passes.
 *
 * @throws TypeError that names the option.
 * @see https://learn.microsoft.com/graph/api/resources/opentypeextension
 */
export function checkExtensionName(name: unknown, option: string): string {
  if (typeof name !== "string" || name.length > MAX_LENGTH || !REVERSE_DOMAIN_NAME.test(name) || RESERVED.test(name)) {
    throw new TypeError(
      `${option} must be a reversed domain name that you own and a name, such as com.example.identityMapping: ` +
        `at least three parts of letters and digits, at most ${MAX_LENGTH} characters, not under com.microsoft.`,
    );
  }
  return name;
}
