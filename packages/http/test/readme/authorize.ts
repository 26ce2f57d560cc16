import type { Authorize } from "@acs-auth/http";

/** Guests of the tenant may only join chats, for an hour. Add the optional claim `acct` to the app's access tokens. */
export const authorize: Authorize = (user) =>
  user.claims["acct"] === 1 ? { scopes: ["chat.join.limited"], tokenExpiresInMinutes: 60 } : true;
