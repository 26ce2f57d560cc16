import type { Context } from "hono";
import type { Directory, User } from "../entra/directory.js";
import type { GraphEnvironment } from "./environment.js";
import {
  extensionAccessDenied,
  GraphError,
  insufficientPrivileges,
  parentNotFound,
  userNotFound,
} from "./graph-error.js";
import type { ResolvedGraphOptions } from "./options.js";
import { type Access, isAllowed } from "./permissions.js";
import { findUser } from "./users.js";

/** Finds the user a path is about, once the caller is allowed to do what the request does. */
export class Targets {
  readonly #directory: Directory;
  readonly #options: ResolvedGraphOptions;

  constructor(directory: Directory, options: ResolvedGraphOptions) {
    this.#directory = directory;
    this.#options = options;
  }

  /** For the routes of the user itself. @throws GraphError */
  readUser(c: Context<GraphEnvironment>): User {
    const { user, allowed, reference } = this.#resolve(c, "read");
    if (!allowed) throw insufficientPrivileges();
    if (user === undefined) throw userNotFound(reference);
    return user;
  }

  /** For the routes of a user's extensions. @throws GraphError */
  extensionOwner(c: Context<GraphEnvironment>, access: Access): User {
    const { user, allowed } = this.#resolve(c, access);
    if (!allowed) throw extensionAccessDenied();
    if (user === undefined) throw parentNotFound();
    return user;
  }

  #resolve(c: Context<GraphEnvironment>, access: Access) {
    const { caller } = c.var;
    const { userAdministrators, unknown } = this.#options;
    const named = c.req.param("user");
    if (named === undefined && caller.userId === undefined) throw new GraphError(unknown.meWithoutUser);
    const reference = named ?? caller.userId ?? "";
    const user = findUser(this.#directory, caller, reference);
    const self = caller.userId === undefined ? undefined : findUser(this.#directory, caller, caller.userId);
    return { user, reference, allowed: isAllowed(caller, access, { user, self, userAdministrators }) };
  }
}
