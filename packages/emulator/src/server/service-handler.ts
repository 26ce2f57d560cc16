import { setTimeout as delay } from "node:timers/promises";
import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Hono } from "hono";
import type { ErrorBody, ErrorHeaders } from "./error-bodies.js";
import type { Fault, Faults } from "./faults.js";
import type { RequestHandler } from "./listener.js";
import { recordRequest } from "./record-request.js";
import type { RequestCounters, ServiceName } from "./request-counters.js";
import type { RequestLog } from "./request-log.js";
import { routeOf } from "./routes.js";

export interface Service {
  readonly name: ServiceName;
  readonly app: Hono;
  readonly errorBody: ErrorBody;
  /** Default: none. */
  readonly errorHeaders?: ErrorHeaders;
}

export interface ServiceHandlerDependencies {
  readonly counters: RequestCounters;
  readonly faults: Faults;
  readonly log: RequestLog;
}

/** Serves a service, counting and recording its requests and letting faults strike them. */
export function serviceHandler(
  service: Service,
  { counters, faults, log }: ServiceHandlerDependencies,
): RequestHandler {
  return async (request, env) => {
    const { name, app } = service;
    counters.add(name, routeOf(app, request));
    const fault = faults.strike({ service: name, method: request.method, path: new URL(request.url).pathname });
    const { released } = faults;
    return recordRequest(log, { service: name, request, fault }, (recorded) =>
      fault ? struckResponse(service, fault, recorded, env, released) : app.fetch(recorded, env),
    );
  };
}

async function struckResponse(
  service: Service,
  fault: Fault,
  request: Request,
  env: HttpBindings,
  released: AbortSignal,
): Promise<Response> {
  const { app } = service;
  const response = fault.stage === "after" ? await app.fetch(request, env) : undefined;
  const connection = await hold(fault, released);
  if (connection) return withoutAnswer(connection, env, released);
  if (fault.status) return errorResponse(fault.status, fault, service, request);
  return response ?? app.fetch(request, env);
}

/** Waits as long as the fault delays; what is held when all faults are released is cut. */
async function hold({ delayInMs = 0, connection }: Fault, released: AbortSignal): Promise<Fault["connection"]> {
  try {
    await delay(delayInMs, undefined, { ref: false, signal: released });
    return connection;
  } catch {
    return "reset";
  }
}

async function withoutAnswer(
  connection: "reset" | "hang",
  { incoming: { socket } }: HttpBindings,
  released: AbortSignal,
): Promise<Response> {
  const cut = () => socket.destroy();
  if (connection === "reset" || released.aborted) cut();
  released.addEventListener("abort", cut);
  if (!socket.closed) await new Promise((resolve) => socket.once("close", resolve));
  released.removeEventListener("abort", cut);
  return RESPONSE_ALREADY_SENT;
}

function errorResponse(status: number, fault: Fault, service: Service, request: Request): Response {
  const ownHeaders = service.errorHeaders?.(status, request) ?? {};
  const body = fault.body ?? service.errorBody(status, fault.code, ownHeaders);
  const headers = new Headers(ownHeaders);
  headers.set("Content-Type", typeof body === "string" ? "text/html" : "application/json");
  if (fault.retryAfterInSeconds !== undefined) headers.set("Retry-After", String(fault.retryAfterInSeconds));
  for (const [name, value] of Object.entries(fault.headers ?? {})) headers.set(name, value);
  return new Response(typeof body === "string" ? body : JSON.stringify(body), { status, headers });
}
