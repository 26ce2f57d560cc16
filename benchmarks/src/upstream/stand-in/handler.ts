import type { IncomingMessage } from "node:http";

export interface StandInRequest {
  readonly method: string;
  readonly host: string;
  /** Decoded. */
  readonly path: string;
  readonly query: string;
  readonly authorization: string;
  readonly body: string;
}

export interface StandInAnswer {
  readonly status: number;
  readonly body?: unknown;
}

/** Answers as the service would, without checking anything. */
export type ServiceHandler = (request: StandInRequest, origin: string) => StandInAnswer;

export async function readRequest(incoming: IncomingMessage): Promise<StandInRequest> {
  let body = "";
  incoming.setEncoding("utf8");
  for await (const chunk of incoming) body += chunk;
  const [path = "", query = ""] = (incoming.url ?? "").split("?", 2);
  return {
    method: incoming.method ?? "",
    host: incoming.headers.host ?? "",
    path: decodeURIComponent(path),
    query,
    authorization: incoming.headers.authorization ?? "",
    body,
  };
}
