import type { AzureCommunicationTokenCredential } from "@azure/communication-common";

/** What a person may see of a credential. */
export interface ShownCredential {
  /** Enough of the token to tell it from another, too little to use it. */
  readonly shortToken: string;
  readonly scopes: readonly string[];
  /** Milliseconds since the epoch. */
  readonly shownSince: number;
  readonly expiresOn: number;
}

export async function show(credential: AzureCommunicationTokenCredential): Promise<ShownCredential> {
  const { token, expiresOnTimestamp } = await credential.getToken();
  return {
    shortToken: `${token.slice(0, 8)}…${token.slice(-4)}`,
    scopes: scopesOf(token),
    shownSince: Date.now(),
    expiresOn: expiresOnTimestamp,
  };
}

/** The scopes that the token names, as observed in ACS tokens: no contract, not verified, only for the eye. */
function scopesOf(token: string): readonly string[] {
  try {
    const payload = (token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
    const { acsScope }: { acsScope?: unknown } = JSON.parse(atob(payload));
    return typeof acsScope === "string" ? acsScope.split(",") : [];
  } catch {
    return [];
  }
}
