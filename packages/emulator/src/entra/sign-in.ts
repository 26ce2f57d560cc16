import type { EntraContext } from "./context.js";
import type { User } from "./directory.js";

/** What is known about a sign-in, carried from the sign-in page to every token that descends from it. */
export interface SignIn {
  readonly user: User;
  /** Seconds since the epoch. */
  readonly authenticatedAt: number;
  readonly multiFactor: boolean;
  /** Conditional Access authentication contexts satisfied, such as `c1`. */
  readonly authenticationContexts: readonly string[];
}

/** A sign-in inside an opaque value. */
export interface StoredSignIn extends Omit<SignIn, "user"> {
  readonly objectId: string;
  readonly generation: number;
}

/** The `acrs` value of a sign-in with a second factor. */
export const multiFactorContext = "p1";

export function storeSignIn({ user, ...rest }: SignIn, { sessions }: EntraContext): StoredSignIn {
  return { objectId: user.objectId, generation: sessions.generation(user), ...rest };
}

/** `undefined` if the user's sessions were revoked since. */
export function restoreSignIn(stored: StoredSignIn, { directory, sessions }: EntraContext): SignIn | undefined {
  const user = directory.findUserByObjectId(stored.objectId);
  if (user === undefined || sessions.generation(user) !== stored.generation) return undefined;
  const { authenticatedAt, multiFactor, authenticationContexts } = stored;
  return { user, authenticatedAt, multiFactor, authenticationContexts };
}
