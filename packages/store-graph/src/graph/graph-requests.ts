import { AcsAuthError } from "@acs-auth/core";
import type { GraphAccess, RefusedToken } from "../access/graph-access.js";
import { withRetries } from "../retry.js";
import { graphError } from "./graph-error.js";
import { GraphFailure } from "./graph-failure.js";
import type { GraphCall, GraphTransport } from "./graph-transport.js";

export type GraphRequest = Pick<GraphCall, "method" | "path" | "body">;

/** Where tokens for callers of some kind come from. */
interface Tokens<C> {
  getToken(caller: C, refused?: RefusedToken): Promise<string>;
}

/** Requests to Graph on behalf of callers, with their tokens. */
export class GraphRequests<C extends { readonly signal: AbortSignal }> {
  readonly #transport: GraphTransport;
  readonly #tokens: Tokens<C>;
  readonly #mode: GraphAccess["mode"];

  constructor(transport: GraphTransport, tokens: Tokens<C>, mode: GraphAccess["mode"]) {
    this.#transport = transport;
    this.#tokens = tokens;
    this.#mode = mode;
  }

  /** One step, with a token; once more with a new token where Graph refused the first, and so did nothing. */
  async send(caller: C, call: GraphRequest): Promise<unknown> {
    const request = { ...call, signal: caller.signal };
    const token = await this.#tokens.getToken(caller);
    try {
      return await this.#exchange({ ...request, token });
    } catch (error) {
      if (!(error instanceof GraphFailure) || error.status !== 401) throw error;
      return await this.#transport.send({ ...request, token: await this.#renewToken(caller, token, error) });
    }
  }

  /** Only reading is repeated: whether a change that failed was made cannot be told. */
  async #exchange(call: GraphCall): Promise<unknown> {
    const send = () => this.#transport.send(call);
    return call.method === "GET" ? withRetries(send, isPassing, call.signal) : send();
  }

  /** A claims challenge is first put to Entra ID; what Entra cannot settle without the user is the client's. */
  async #renewToken(caller: C, token: string, failure: GraphFailure): Promise<string> {
    try {
      return await this.#tokens.getToken(caller, { token, claims: failure.claims });
    } catch (error) {
      if (failure.claims !== undefined && AcsAuthError.is(error, "interaction_required")) {
        throw graphError(failure, this.#mode);
      }
      throw error;
    }
  }
}

function isPassing(error: unknown): error is GraphFailure {
  return error instanceof GraphFailure && error.isPassing;
}
