import { type Context, Hono } from "hono";
import type { Directory } from "../entra/directory.js";
import type { GraphEnvironment } from "./environment.js";
import { expiredPageToken, insufficientPrivileges, notEmulated } from "./graph-error.js";
import { answerEntity } from "./odata.js";
import { mayListUsers } from "./permissions.js";
import { readUserListQuery } from "./query.js";
import { selectProperties } from "./user-entity.js";
import { findUser } from "./users.js";

/** The users of the caller's tenant, page by page, at `/v1.0/users`. */
export function userListRoutes(directory: Directory, origin: () => string): Hono<GraphEnvironment> {
  return new Hono<GraphEnvironment>()
    .get("/", (c) => {
      const { caller } = c.var;
      const self = caller.userId === undefined ? undefined : findUser(directory, caller, caller.userId);
      if (!mayListUsers(caller, self)) throw insufficientPrivileges();
      const { select, top, skipToken } = readUserListQuery(c);
      const users = directory.users.filter((user) => directory.tenantOf(user).id === caller.tenantId);
      const start = skipToken === undefined ? 0 : users.findIndex(({ objectId }) => pageToken(objectId) === skipToken);
      if (start < 0) throw expiredPageToken();
      const next = users[start + top];
      return answerEntity(c, 200, {
        "@odata.context": `${origin()}/v1.0/$metadata#users${select ? `(${select.join(",")})` : ""}`,
        ...(next && { "@odata.nextLink": nextLink(c, origin(), pageToken(next.objectId)) }),
        value: users.slice(start, start + top).map((user) => selectProperties(user, select)),
      });
    })
    .all("/", () => {
      throw notEmulated("The emulator's users are its fixtures.");
    });
}

/** With every query option of the request, as documented. */
function nextLink(c: Context, origin: string, token: string): string {
  const options = Object.entries(c.req.query()).filter(([name]) => name !== "$skiptoken");
  const query = [...options, ["$skiptoken", token]].map(
    ([name, value]) => `${name}=${encodeURIComponent(value ?? "")}`,
  );
  return `${origin}/v1.0/users?${query.join("&")}`;
}

/** Names the page that begins with this user, in base64 with its padding as the real service's tokens can be. */
function pageToken(objectId: string): string {
  return Buffer.from(`page:${objectId}`).toString("base64");
}
