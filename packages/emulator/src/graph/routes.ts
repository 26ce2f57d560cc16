import { type Context, Hono } from "hono";
import type { User } from "../entra/directory.js";
import type { GraphEnvironment } from "./environment.js";
import { abstractTypeRefused, nameOf, readExtensionBody } from "./extension-body.js";
import type { Extensions } from "./extensions.js";
import { GraphError } from "./graph-error.js";
import { answerEntity, extensionEntity } from "./odata.js";
import type { UnknownGraphBehaviour } from "./options.js";
import { readUserQuery, refuseQueryOptions } from "./query.js";
import type { Targets } from "./targets.js";
import { selectProperties } from "./user-entity.js";

export interface RouteDependencies {
  readonly targets: Targets;
  readonly extensions: Extensions;
  readonly unknown: Required<UnknownGraphBehaviour>;
  readonly origin: () => string;
}

type GraphContext = Context<GraphEnvironment>;

/** The routes of one user, below `/v1.0/me` and `/v1.0/users/{user}`. */
export function userRoutes({ targets, extensions, unknown, origin }: RouteDependencies): Hono<GraphEnvironment> {
  const context = (path: string) => `${origin()}/v1.0/$metadata#${path}`;
  const extensionsContext = ({ objectId }: User) => context(`users('${objectId}')/extensions`);
  const extensionContext = (user: User) => ({ "@odata.context": `${extensionsContext(user)}/$entity` });
  const extensionId = (c: GraphContext) => c.req.param("extension") ?? "";

  return new Hono<GraphEnvironment>()
    .get("/", (c) => {
      const { select, expand } = readUserQuery(c);
      const user = targets.readUser(c);
      const shape = [...(select ?? []), ...(expand ? ["extensions"] : [])].join(",");
      const expanded = expand && {
        "extensions@odata.context": extensionsContext(user),
        extensions: extensions
          .list(user, c.var.caller.applicationId)
          .filter(({ id }) => expand.id === undefined || id === expand.id)
          .map(extensionEntity),
      };
      return answerEntity(c, 200, {
        "@odata.context": context(`users${shape && `(${shape})`}/$entity`),
        ...selectProperties(user, select),
        ...expanded,
      });
    })
    .get("/extensions", (c) => {
      refuseQueryOptions(c);
      const user = targets.extensionOwner(c, "read");
      const value = extensions.list(user, c.var.caller.applicationId).map(extensionEntity);
      return answerEntity(c, 200, { "@odata.context": extensionsContext(user), value });
    })
    .post("/extensions", async (c) => {
      const user = targets.extensionOwner(c, "write");
      const { properties } = await readExtensionBody(c, unknown);
      const created = extensions.create(user, c.var.caller.applicationId, nameOf(properties), properties);
      return answerEntity(c, 201, { ...extensionContext(user), ...extensionEntity(created) });
    })
    .get("/extensions/:extension", (c) => {
      refuseQueryOptions(c);
      const user = targets.extensionOwner(c, "read");
      const extension = extensions.read(user, extensionId(c));
      return answerEntity(c, 200, { ...extensionContext(user), ...extensionEntity(extension) });
    })
    .patch("/extensions/:extension", async (c) => {
      const user = targets.extensionOwner(c, "write");
      const { type, properties } = await readExtensionBody(c, unknown);
      if (type === undefined && unknown.patchNeedsType) throw abstractTypeRefused();
      extensions.replace(user, extensionId(c), properties);
      return c.body(null, 204);
    })
    .delete("/extensions/:extension", (c) => {
      extensions.delete(targets.extensionOwner(c, "write"), extensionId(c));
      return c.body(null, 204);
    })
    .all("/", refuseMethod)
    .all("/extensions", refuseMethod)
    .all("/extensions/:extension", refuseMethod);
}

function refuseMethod(): never {
  throw new GraphError({
    status: 405,
    code: "Request_BadRequest",
    message: "Specified HTTP method is not allowed for the request target.",
  });
}
