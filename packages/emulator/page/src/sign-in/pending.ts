/** What has to be known when the browser comes back from the sign-in. */
export interface PendingSignIn {
  readonly state: string;
  readonly codeVerifier: string;
  /** Names of the fixtures. */
  readonly user: string;
  readonly application: string;
  readonly tenantId: string;
  readonly scope: string;
}

const key = "pending-sign-in";

export function keepPending(signIn: PendingSignIn): void {
  sessionStorage.setItem(key, JSON.stringify(signIn));
}

/** Can be taken once. */
export function takePending(): PendingSignIn | undefined {
  const kept = sessionStorage.getItem(key);
  sessionStorage.removeItem(key);
  return kept === null ? undefined : JSON.parse(kept);
}
