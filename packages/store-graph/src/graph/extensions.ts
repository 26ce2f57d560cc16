import { AcsAuthError } from "@acs-auth/core";
import type { Caller, GraphAccess } from "../access/graph-access.js";
import { graphError } from "./graph-error.js";
import { GraphFailure } from "./graph-failure.js";
import type { GraphRequest, GraphRequests } from "./graph-requests.js";

/** The properties of an open extension. */
export type OpenExtension = Readonly<Record<string, unknown>>;

/** With the path from the user on. */
type ExtensionCall = GraphRequest;

/**
 * The open extensions of users in Microsoft Graph: one is read, created or deleted.
 *
 * @see https://learn.microsoft.com/graph/api/resources/opentypeextension
 */
export class Extensions {
  readonly #requests: GraphRequests<Caller>;
  readonly #mode: GraphAccess["mode"];

  constructor(requests: GraphRequests<Caller>, mode: GraphAccess["mode"]) {
    this.#requests = requests;
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

  #send(caller: Caller, call: ExtensionCall): Promise<unknown> {
    return this.#requests.send(caller, { ...call, path: `${this.#userPath(caller)}${call.path}` });
  }

  #userPath({ user }: Caller): string {
    return this.#mode === "delegated" ? "/me" : `/users/${user.objectId}`;
  }
}

function isAbsent({ status, code }: GraphFailure): boolean {
  return status === 404 && code === "ResourceNotFound";
}

function checkExtension(value: unknown): OpenExtension {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  throw new AcsAuthError("store_unavailable", "Microsoft Graph answered with something that is no extension.");
}
