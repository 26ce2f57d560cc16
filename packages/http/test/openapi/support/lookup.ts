import type { OpenApiDocument } from "@acs-auth/http";

type PathItem = OpenApiDocument["paths"][string];
export type Operation = NonNullable<PathItem["get"]>;
export type Response = OpenApiDocument["components"]["responses"][string];

/** A response, and the JSON pointer to it. */
export interface FoundResponse {
  readonly pointer: string;
  readonly response: Response;
}

const METHODS = ["get", "head", "post", "delete"] as const;

export function operationOf(document: OpenApiDocument, method: string, route: string): Operation | undefined {
  const name = METHODS.find((known) => known.toUpperCase() === method);
  return name && document.paths[route]?.[name];
}

/** What the document says about this status; about every other method or path without an operation. */
export function responseOf(document: OpenApiDocument, method: string, route: string, status: number): FoundResponse {
  const operation = operationOf(document, method, route);
  if (!operation) return shared(document, document.paths[route] ? "MethodNotAllowed" : "UnknownPath");
  const response = operation.responses[status];
  if (!response) throw new Error(`${method} ${route} is not described to answer ${status}.`);
  if ("$ref" in response) return shared(document, response.$ref.replace("#/components/responses/", ""));
  const pointer = `#/paths/${escaped(route)}/${method.toLowerCase()}/responses/${status}`;
  return { pointer, response };
}

function shared({ components }: OpenApiDocument, name: string): FoundResponse {
  const response = components.responses[name];
  if (!response) throw new Error(`There is no response ${name}.`);
  return { pointer: `#/components/responses/${name}`, response };
}

/** The pointer to a header's schema, and whether responses must have the header. */
export function headerOf(document: OpenApiDocument, { pointer, response }: FoundResponse, name: string) {
  const header = response.headers[name];
  if (!header) throw new Error(`There is no header ${name}.`);
  if (!("$ref" in header)) return { pointer: `${pointer}/headers/${name}/schema`, required: header.required ?? false };
  const { required = false } = document.components.headers[header.$ref.replace("#/components/headers/", "")] ?? {};
  return { pointer: `${header.$ref}/schema`, required };
}

/** The pointer to a body's schema. */
export function bodyOf(pointer: string, contentType: string): string {
  return `${pointer}/content/${escaped(contentType)}/schema`;
}

function escaped(segment: string): string {
  return segment.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** Every status of every operation, such as `GET /api/user 200`, and every code of every problem. */
export function everythingDescribed(document: OpenApiDocument): string[] {
  const statuses = Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) =>
      Object.keys(item[method]?.responses ?? {}).map((status) => `${method.toUpperCase()} ${path} ${status}`),
    ),
  );
  const codes = Object.entries(document.components.responses).flatMap(([name, { content }]) =>
    Object.keys(content?.["application/problem+json"]?.examples ?? {}).map(
      (code) => `#/components/responses/${name} ${code}`,
    ),
  );
  return [...statuses, ...codes];
}
