import type { User } from "../entra/directory.js";
import { badRequest } from "./graph-error.js";

/** The properties Microsoft Graph answers when none are selected; the fixtures have no more. */
function properties(user: User): Readonly<Record<string, unknown>> {
  return {
    businessPhones: [],
    displayName: user.displayName,
    givenName: null,
    jobTitle: null,
    mail: user.email,
    mobilePhone: null,
    officeLocation: null,
    preferredLanguage: null,
    surname: null,
    userPrincipalName: user.userPrincipalName,
    id: user.objectId,
  };
}

/** @throws GraphError if a property does not exist. */
export function selectProperties(user: User, select: readonly string[] | undefined): Readonly<Record<string, unknown>> {
  const all = properties(user);
  if (select === undefined) return all;
  return Object.fromEntries(
    select.map((name) => {
      if (!Object.hasOwn(all, name)) {
        throw badRequest(`Could not find a property named '${name}' on type 'microsoft.graph.user'.`);
      }
      return [name, all[name]];
    }),
  );
}
