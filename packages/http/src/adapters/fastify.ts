import type { IncomingMessage, ServerResponse } from "node:http";
import type { AcsAuthHandler } from "../create-handler.js";
import { pathOf, toNodeListener } from "./node.js";

/** What the adapter needs of Fastify's `Request`. */
export interface FastifyRequest {
  /** Node's request, its body not read by anybody yet. */
  readonly raw: IncomingMessage;
}

/** What the adapter needs of Fastify's `Reply`. */
export interface FastifyReply {
  /** Node's response, which the adapter writes the answer to. */
  readonly raw: ServerResponse;
  /** The headers that hooks have set. */
  getHeaders(): Readonly<Record<string, number | string | string[] | undefined>>;
  /** Leaves the answer to the adapter. */
  hijack(): unknown;
  /** Answers as the application does for a path that it does not know. */
  callNotFound(): unknown;
}

/** What the adapter needs of a Fastify instance. */
export interface FastifyScope {
  /** What the plugin is registered under; comes off every path. Empty without one. */
  readonly prefix: string;
  /** Keeps Fastify from reading bodies. */
  removeAllContentTypeParsers(): void;
  /** Leaves bodies to the handler. */
  addContentTypeParser(
    contentType: string,
    parser: (request: unknown, payload: unknown, done: (error: Error | null) => void) => void,
  ): unknown;
  /** Adds a route for every method. */
  all(path: string, handler: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>): unknown;
}

/** A plugin of Fastify. */
export type FastifyPlugin = (scope: FastifyScope) => Promise<void>;

/**
 * Serves the handler's routes in a Fastify application, under the prefix that the plugin is registered with. The
 * application's hooks run, except for `onSend`: the plugin writes the answer itself.
 *
 * @example
 * ```ts
 * app.register(toFastify(handler));
 * ```
 */
export function toFastify(handler: AcsAuthHandler): FastifyPlugin {
  const listener = toNodeListener(handler);
  return async (scope) => {
    const { length } = scope.prefix.replace(/\/$/, "");
    // In this scope only: the handler reads bodies itself.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", (_request, _payload, done) => done(null));

    const serve = async ({ raw }: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
      const { url = "" } = raw;
      const path = pathOf(raw);
      const route = path.slice(length);
      if (!handler.handles(route)) return reply.callNotFound();
      for (const [name, value = ""] of Object.entries(reply.getHeaders())) reply.raw.setHeader(name, value);
      reply.hijack();
      Object.assign(raw, { originalUrl: url, url: url.replace(path, route) });
      return listener(raw, reply.raw);
    };
    for (const path of handler.paths) {
      scope.all(path, serve);
      // For a slash at the end, whatever the application has decided about them.
      scope.all(`${path}/*`, serve);
    }
  };
}
