import type { OpenApiDocument } from "@acs-auth/http";
import { expect } from "vitest";
import type { Answer, Ask, AskOptions } from "../../support/serve.js";
import { closedSchemas } from "./closed-schemas.js";
import { bodyOf, type FoundResponse, headerOf, operationOf, responseOf } from "./lookup.js";

/** Headers of HTTP itself and of CORS, which the description leaves out. */
const LEFT_OUT =
  /^(?:connection|content-length|content-type|date|keep-alive|transfer-encoding|vary|access-control-.*)$/;

/**
 * Asks, and fails unless the document describes the answer: its status, headers, content type and body, and whether the
 * request was good. Answers to `OPTIONS` are left out of the description.
 *
 * @param seen - is given everything described that was answered, in the words of `everythingDescribed`.
 */
export function described(ask: Ask, document: OpenApiDocument, seen: Set<string>): Ask {
  const compile = closedSchemas(document);
  const errorsOf = (pointer: string, value: unknown) => {
    const validate = compile(pointer);
    validate(value);
    return validate.errors ?? [];
  };

  return async (method, path, request = {}) => {
    const answer = await ask(method, path, request);
    const route = path.replace(/\/?(?:\?.*)?$/, "");
    if (method === "OPTIONS" && document.paths[route]) return answer;
    const found = responseOf(document, method, route, answer.status);
    checkHeaders(found, answer);
    if (method === "HEAD" || !found.response.content) expect(answer.text).toBe("");
    else checkBody(found, answer);
    checkRequest(method, route, request, answer);
    seen.add(`${method} ${route} ${answer.status}`);
    if (answer.status >= 400 && method !== "HEAD") seen.add(`${found.pointer} ${answer.problem().code}`);
    return answer;
  };

  function checkHeaders(found: FoundResponse, { headers }: Answer): void {
    const names = Object.keys(found.response.headers);
    for (const name of names) {
      const { pointer, required } = headerOf(document, found, name);
      const value = headers[name.toLowerCase()];
      if (value === undefined) expect(required, `${name} is missing`).toBe(false);
      else expect(errorsOf(pointer, value), name).toEqual([]);
    }
    const known = new Set(names.map((name) => name.toLowerCase()));
    expect(Object.keys(headers).filter((name) => !known.has(name) && !LEFT_OUT.test(name))).toEqual([]);
  }

  function checkBody({ pointer, response }: FoundResponse, answer: Answer): void {
    const { "content-type": contentType = "" } = answer.headers;
    expect(Object.keys(response.content ?? {})).toEqual([contentType]);
    expect(errorsOf(bodyOf(pointer, contentType), answer.json()), answer.text).toEqual([]);
  }

  /** What is not as described must not succeed, and what is must not be called malformed. */
  function checkRequest(method: string, route: string, request: AskOptions, answer: Answer): void {
    const isAsDescribed = isBodyAsDescribed(method, route, request) && isHeaderAsDescribed(method, route, request);
    if (answer.status < 300) expect(isAsDescribed, "the request is as described").toBe(true);
    if (answer.status === 400 && method !== "HEAD") {
      const { code, reason } = answer.problem();
      if (code === "invalid_request" && reason !== undefined) expect(isAsDescribed, "the request").toBe(false);
    }
  }

  function isBodyAsDescribed(method: string, route: string, { body }: AskOptions): boolean {
    const requestBody = operationOf(document, method, route)?.requestBody;
    if (!requestBody) return true;
    if (body === undefined || body === "") return !requestBody.required;
    const pointer = `#/paths/${route.replaceAll("/", "~1")}/${method.toLowerCase()}/requestBody`;
    return errorsOf(bodyOf(pointer, "application/json"), parsed(body)).length === 0;
  }

  function isHeaderAsDescribed(method: string, route: string, { headers }: AskOptions): boolean {
    const parameters = operationOf(document, method, route)?.parameters ?? [];
    return parameters.every(({ $ref }) => {
      const { name = "", required = false } = document.components.parameters[$ref.split("/").at(-1) ?? ""] ?? {};
      const value = headers?.[name.toLowerCase()];
      return value === undefined ? !required : errorsOf(`${$ref}/schema`, value).length === 0;
    });
  }
}

/** `undefined`, which is not described anywhere, for what is not JSON. */
function parsed(body: unknown): unknown {
  if (typeof body !== "string") return body;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
