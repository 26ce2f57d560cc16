import type { Context } from "hono";
import type { Extension } from "./extensions.js";

type Entity = Readonly<Record<string, unknown>>;

/** An open extension as the service writes it. */
export function extensionEntity({ id, properties }: Extension): Entity {
  return { "@odata.type": "#microsoft.graph.openTypeExtension", ...properties, id };
}

/** Answers an entity with the OData metadata the client accepts: `minimal`, or `none` without any annotation. */
export function answerEntity(c: Context, status: 200 | 201, entity: Entity): Response {
  const bare = /;\s*odata\.metadata=none\b/i.test(c.req.header("Accept") ?? "");
  const type = `application/json;odata.metadata=${bare ? "none" : "minimal"};charset=utf-8`;
  return c.json(bare ? withoutMetadata(entity) : entity, status, { "Content-Type": type });
}

function withoutMetadata(entity: Entity): Entity {
  return Object.fromEntries(
    Object.entries(entity)
      .filter(([name]) => !name.includes("@odata."))
      .map(([name, value]) => [name, Array.isArray(value) ? value.map(bareItem) : value]),
  );
}

function bareItem(item: unknown): unknown {
  return typeof item === "object" && item !== null && !Array.isArray(item) ? withoutMetadata({ ...item }) : item;
}
