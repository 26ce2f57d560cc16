import type { ServiceHandler, StandInAnswer } from "./handler.js";

type Properties = Readonly<Record<string, unknown>>;

const EXTENSIONS = "/v1.0/me/extensions";

/** Open extensions of the user that the token names. */
export function createGraph(): { readonly handle: ServiceHandler; forget(objectId: string): void } {
  const users = new Map<string, Map<string, Properties>>();
  return {
    forget: (objectId) => users.delete(objectId),
    handle({ method, path, authorization, body }, origin) {
      const objectId = authorization.slice("Bearer ".length).split(".", 1)[0] ?? "";
      const extensions = users.get(objectId) ?? new Map<string, Properties>();
      users.set(objectId, extensions);
      const context = `${origin}/v1.0/$metadata#users('${objectId}')/extensions`;
      if (path === "/v1.0/me") {
        return {
          status: 200,
          body: {
            "@odata.context": `${origin}/v1.0/$metadata#users(id,extensions)/$entity`,
            id: objectId,
            "extensions@odata.context": context,
            extensions: [...extensions.values()],
          },
        };
      }
      if (path === EXTENSIONS && method === "POST") return create(extensions, JSON.parse(body), context);
      const name = path.slice(EXTENSIONS.length + 1);
      const extension = extensions.get(name);
      if (!path.startsWith(EXTENSIONS) || !extension)
        return error(404, "ResourceNotFound", "Extension with given id not found.");
      if (method === "DELETE") {
        extensions.delete(name);
        return { status: 204 };
      }
      return { status: 200, body: { "@odata.context": `${context}/$entity`, ...extension } };
    },
  };
}

function create(extensions: Map<string, Properties>, given: Properties, context: string): StandInAnswer {
  const id = String(given["extensionName"]);
  if (extensions.has(id)) return error(400, "Request_BadRequest", "An extension already exists with given id.");
  const extension = { ...given, "@odata.type": "#microsoft.graph.openTypeExtension", id };
  extensions.set(id, extension);
  return { status: 201, body: { "@odata.context": `${context}/$entity`, ...extension } };
}

function error(status: number, code: string, message: string): StandInAnswer {
  const requestId = "f0000000-0000-4000-8000-000000000000";
  const innerError = { date: "2026-01-01T00:00:00", "request-id": requestId, "client-request-id": requestId };
  return { status, body: { error: { code, message, innerError } } };
}
