/** @throws TypeError that names the option. */
export function checkOrigins(origins: readonly string[], option: string): void {
  for (const origin of origins) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin || origin.includes("*")) {
      throw new TypeError(`${option} must hold origins such as https://app.contoso.com, without a path or wildcard.`);
    }
  }
}
