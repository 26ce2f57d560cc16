import type { User } from "../entra/directory.js";
import type { Caller } from "./caller.js";

export type Access = "read" | "write";

/** Any one of these permissions is enough, after the permission tables of `openTypeExtension` and `user`. */
const sufficient = {
  own: {
    read: ["User.Read", "User.ReadWrite", "User.Read.All", "User.ReadWrite.All"],
    write: ["User.ReadWrite", "User.ReadWrite.All"],
  },
  any: {
    read: ["User.Read.All", "User.ReadWrite.All"],
    write: ["User.ReadWrite.All"],
  },
} satisfies Record<string, Record<Access, readonly string[]>>;

/** Any one of these is enough to list users, after the permission table of "List users". */
const sufficientToList = {
  application: ["User.Read.All", "User.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"],
  delegated: [
    "User.ReadBasic.All",
    "User.Read.All",
    "User.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
  ],
} as const;

/** Whether the caller may list users: guests may not. */
export function mayListUsers({ userId, permissions }: Caller, self: User | undefined): boolean {
  const sufficient: readonly string[] = sufficientToList[userId === undefined ? "application" : "delegated"];
  return self?.homeAccount === undefined && permissions.some((permission) => sufficient.includes(permission));
}

export interface Target {
  /** `undefined` if the path names nobody of the caller's tenant. */
  readonly user: User | undefined;
  /** Names of the users who may edit others. */
  readonly userAdministrators: readonly string[];
  /** The caller's own user object. */
  readonly self: User | undefined;
}

/** Whether the caller may read or write the user; to write another user, a signed-in one needs a directory role too. */
export function isAllowed(caller: Caller, access: Access, { user, self, userAdministrators }: Target): boolean {
  const isOwn = self !== undefined && user === self;
  const permissions: readonly string[] = sufficient[isOwn ? "own" : "any"][access];
  if (!permissions.some((permission) => caller.permissions.includes(permission))) return false;
  if (caller.userId === undefined || isOwn || access === "read") return true;
  return self !== undefined && userAdministrators.includes(self.name);
}
