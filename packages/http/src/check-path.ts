/** @throws TypeError that names the option. */
export function checkPath(path: string, option: string): void {
  if (!/^(?:\/[\w.~-]+)+$/.test(path)) {
    throw new TypeError(`${option} must start with a slash and not end with one, such as /v1.`);
  }
}
