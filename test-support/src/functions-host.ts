import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Module } from "node:module";
import { buffer } from "node:stream/consumers";
import type { app } from "@azure/functions";

type Callback = (...parameters: unknown[]) => unknown;

interface FunctionMetadata {
  readonly name: string;
  readonly bindings: Readonly<Record<string, { readonly route?: string; readonly methods?: readonly string[] }>>;
}

interface RpcHttp {
  readonly statusCode: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: { readonly bytes?: Uint8Array; readonly string?: string };
}

/** What `@azure/functions` gives the worker to convert requests and responses with. */
interface ProgrammingModel {
  getInvocationModel(context: object): {
    getArguments(): Promise<{ context: object; inputs: unknown[] }>;
    invokeFunction(context: object, inputs: unknown[], callback: Callback): Promise<unknown>;
    getResponse(context: object, result: unknown): Promise<{ returnValue: { http: RpcHttp } }>;
  };
}

/**
 * Stands in for the Functions host and its Node worker, which are not on npm: serves what is registered with the `app` of
 * `@azure/functions`, which itself converts the requests and responses as in the cloud.
 */
export class FunctionsHost {
  readonly #pathPrefix: string;
  readonly #functions: { metadata: FunctionMetadata; callback: Callback }[] = [];
  #model: ProgrammingModel | undefined;

  /** @param routePrefix - `extensions.http.routePrefix` of `host.json`. */
  constructor(routePrefix: string) {
    this.#pathPrefix = routePrefix === "" ? "/" : `/${routePrefix}/`;
  }

  /** The `app` of `@azure/functions`, loaded for the first time. */
  loadApp(): typeof app {
    const core = {
      setProgrammingModel: (model: ProgrammingModel) => {
        this.#model = model;
      },
      registerFunction: (metadata: FunctionMetadata, callback: Callback) => {
        this.#functions.push({ metadata, callback });
      },
    };
    // The worker, too, puts itself in the place of a package that is not there.
    const { require: original } = Module.prototype;
    Module.prototype.require = Object.assign(function (this: Module, id: string) {
      return id === "@azure/functions-core" ? core : Reflect.apply(original, this, [id]);
    }, original);
    return Module.createRequire(import.meta.url)("@azure/functions").app;
  }

  readonly server = createServer((request, response) => {
    this.#answer(request, response).catch(() => response.writeHead(500).end());
  });

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { url = "", method = "", headersDistinct } = request;
    const target = url.startsWith("/") ? `http://api.example${url}` : url;
    const found = this.#find(new URL(target).pathname, method);
    if (!found || !this.#model) return void response.writeHead(404).end();
    const { metadata, callback } = found;
    const [name = ""] = Object.keys(metadata.bindings);
    const headers = Object.fromEntries(
      Object.entries(headersDistinct).map(([name, values]) => [name, values?.join(", ")]),
    );
    const http = { url: target, method, headers, query: {}, params: {}, body: { bytes: await buffer(request) } };
    const invocation = this.#model.getInvocationModel({
      invocationId: randomUUID(),
      metadata,
      request: { inputData: [{ name, data: { http } }], triggerMetadata: {} },
      log: () => {},
    });
    const { context, inputs } = await invocation.getArguments();
    const result = await invocation.invokeFunction(context, inputs, callback);
    const { returnValue } = await invocation.getResponse(context, result);
    const { body, statusCode } = returnValue.http;
    response.writeHead(Number(statusCode), returnValue.http.headers).end(body?.bytes ?? body?.string);
  }

  /** Literal routes come before one that takes every path. Without a route it is the function's name. */
  #find(path: string, method: string) {
    const withRoute = (wanted: string) =>
      this.#functions.find(({ metadata: { name, bindings } }) =>
        Object.values(bindings).some(({ methods, route = name }) => methods?.includes(method) && route === wanted),
      );
    if (!path.startsWith(this.#pathPrefix)) return undefined;
    return withRoute(path.slice(this.#pathPrefix.length)) ?? withRoute("{*path}");
  }
}
