import { AcsAuthError } from "@acs-auth/core";
import type { Caller, GraphAccess, GraphTokens } from "../access/graph-access.js";
import { withRetries } from "../retry.js";
import { graphError } from "./graph-error.js";
import { GraphFailure } from "./graph-failure.js";
import type { GraphCall, GraphTransport } from "./graph-transport.js";

/** The properties of an open extension. */
export type OpenExtension = Readonly<Record<string, unknown>>;

type ExtensionCall = Pick<GraphCall, "method" | "body"> & { readonly path: string };

/**
 * The open extensions of users in Microsoft Graph: one is read, created or deleted.
 *
 * @see https://learn.microsoft.com/graph/api/resources/opentypeextension
 */
export class Extensions {
  readonly #transport: GraphTransport;
  readonly #tokens: GraphTokens;
  readonly #mode: GraphAccess["mode"];

  constructor(transport: GraphTransport, tokens: GraphTokens, mode: GraphAccess["mode"]) {
    this.#transport = transport;
    this.#tokens = tokens;
    this.#mode = mode;
  }

  /** `undefined` only if the user exists and has no extension of this name. */
  async read(caller: Caller, name: string): Promise<OpenExtension | undefined> {
    const path = `/extensions/${encodeURIComponent(name)}`;
    try {
      return checkExtension(await this.#send(caller, { method: "GET", path }));
    } catch (error) {
      if (!(error instanceof GraphFailure)) throw error;
      if (!isAbsent(error)) throw graphError(error, this.#mode);
      if (!error.says(/^Extension with given id not found\b/i)) await this.#checkUserExists(caller);
      return undefined;
    }
  }

  /**
   * Sent once: a repetition could not be told from a conflict.
   *
   * @returns the extension as Graph created it, or the refusal (400 or 409) that may mean that it exists.
   */
  async create(caller: Caller, name: string, properties: OpenExtension): Promise<OpenExtension | GraphFailure> {
    const body = { "@odata.type": "microsoft.graph.openTypeExtension", extensionName: name, ...properties };
    try {
      return checkExtension(await this.#send(caller, { method: "POST", path: "/extensions", body }));
    } catch (error) {
      if (!(error instanceof GraphFailure)) throw error;
      if (error.code !== undefined && (error.status === 400 || error.status === 409)) return error;
      throw graphError(error, this.#mode);
    }
  }

  /** Sent once: after a repetition, whose deletion it was could not be told. False if there is none. */
  async delete(caller: Caller, name: string): Promise<boolean> {
    try {
      await this.#send(caller, { method: "DELETE", path: `/extensions/${encodeURIComponent(name)}` });
      return true;
    } catch (error) {
      if (!(error instanceof GraphFailure)) throw error;
      if (isAbsent(error)) return false;
      throw graphError(error, this.#mode);
    }
  }

  /** A missing user's extension is missing too; that must not pass for "the user has none". */
  async #checkUserExists(caller: Caller): Promise<void> {
    try {
      await this.#send(caller, { method: "GET", path: "?$select=id" });
    } catch (error) {
      throw error instanceof GraphFailure ? graphError(error, this.#mode) : error;
    }
  }

  /** One step, with a token; once more with a new token where Graph refused the first, and so did nothing. */
  async #send(caller: Caller, call: ExtensionCall): Promise<unknown> {
    const request = { ...call, path: `${this.#userPath(caller)}${call.path}`, signal: caller.signal };
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
  async #renewToken(caller: Caller, token: string, failure: GraphFailure): Promise<string> {
    try {
      return await this.#tokens.getToken(caller, { token, claims: failure.claims });
    } catch (error) {
      if (failure.claims !== undefined && AcsAuthError.is(error, "interaction_required")) {
        throw graphError(failure, this.#mode);
      }
      throw error;
    }
  }

  #userPath({ user }: Caller): string {
    return this.#mode === "delegated" ? "/me" : `/users/${user.objectId}`;
  }
}

function isPassing(error: unknown): error is GraphFailure {
  return error instanceof GraphFailure && error.isPassing;
}

function isAbsent({ status, code }: GraphFailure): boolean {
  return status === 404 && code === "ResourceNotFound";
}

function checkExtension(value: unknown): OpenExtension {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  throw new AcsAuthError("store_unavailable", "Microsoft Graph answered with something that is no extension.");
}
