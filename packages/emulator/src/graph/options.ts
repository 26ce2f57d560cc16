import type { ExtensionProperties } from "./extensions.js";
import type { GraphErrorAnswer } from "./graph-error.js";
import { checkReplicaLag, type ReplicaLag } from "./replica-lag.js";

/** How the emulated Microsoft Graph is set up. */
export interface GraphOptions {
  /**
   * Names of the fixture users who hold a directory role that may edit other users, such as User Administrator: with a
   * delegated `User.ReadWrite.All` alone, nobody may. Default: none.
   */
  readonly userAdministrators?: readonly string[];
  /** Open extensions that one application may create on one user. Default: 2, as documented. */
  readonly extensionsPerApplication?: number;
  /** How long writes stay hidden from reads. Default: not at all. */
  readonly replicaLag?: ReplicaLag;
  /** What nobody outside Microsoft knows for certain about the real service. */
  readonly unknown?: UnknownGraphBehaviour;
}

/**
 * Behaviour of the real service that is inferred, contradicted between sources, or not documented at all. Codes and
 * messages were recorded by others from the real service unless said otherwise, statuses were not. A client that has
 * to work with the real service must work with any value.
 *
 * Not emulated because nothing is known: what length and characters a name may have, and whether a PATCH with another
 * `extensionName` renames the extension (here its `id` stays).
 */
export interface UnknownGraphBehaviour {
  /** The answer to a POST whose name exists. Default: 400 `Request_BadRequest`; one client expects 409 instead. */
  readonly duplicate?: GraphErrorAnswer;
  /** The answer to GET, PATCH and DELETE of an extension that does not exist. Default: 404 `ResourceNotFound`. */
  readonly extensionNotFound?: GraphErrorAnswer;
  /** The answer beyond `extensionsPerApplication`. Default: 400 `BadRequest`; only the message was recorded. */
  readonly tooManyExtensions?: GraphErrorAnswer;
  /** The answer to an extension that is too large. Default: 400 `BadRequest`. */
  readonly tooLarge?: GraphErrorAnswer;
  /** What "2 KB" is in bytes. Default: 2048. */
  readonly maximumSizeInBytes?: number;
  /** How the size of an extension is counted. Default: the UTF-8 bytes of its JSON, names included. */
  readonly sizeInBytes?: (properties: ExtensionProperties) => number;
  /** The answer to `/me` with an app-only token. Default: 400 `BadRequest`, for which there is no source. */
  readonly meWithoutUser?: GraphErrorAnswer;
  /** Whether a list shows extensions that other applications created. Default: true. */
  readonly listsShowOtherApplications?: boolean;
  /** Whether extension names are compared with their case. Default: true. */
  readonly caseSensitiveNames?: boolean;
  /** Whether values may be objects. Documented are primitive values and arrays of them. Default: false. */
  readonly nestedObjects?: boolean;
  /** Whether PATCH needs `@odata.type`: the reference says so, the tutorial leaves it out. Default: false. */
  readonly patchNeedsType?: boolean;
}

export interface ResolvedGraphOptions {
  readonly userAdministrators: readonly string[];
  readonly extensionsPerApplication: number;
  readonly replicaLag: ReplicaLag;
  readonly unknown: Required<UnknownGraphBehaviour>;
}

const defaultUnknownBehaviour: Required<UnknownGraphBehaviour> = {
  duplicate: { status: 400, code: "Request_BadRequest", message: "An extension already exists with given id." },
  extensionNotFound: { status: 404, code: "ResourceNotFound", message: "Extension with given id not found." },
  tooManyExtensions: {
    status: 400,
    code: "BadRequest",
    message: "Maximum number of extensions values supported per application is 2.",
  },
  tooLarge: { status: 400, code: "BadRequest", message: "Maximum size supported for each extension is : 2 KB." },
  maximumSizeInBytes: 2048,
  sizeInBytes: (properties) => Buffer.byteLength(JSON.stringify(properties)),
  meWithoutUser: {
    status: 400,
    code: "BadRequest",
    message: "/me request is only valid with delegated authentication flow.",
  },
  listsShowOtherApplications: true,
  caseSensitiveNames: true,
  nestedObjects: false,
  patchNeedsType: false,
};

/** @throws TypeError that names the option which makes no sense. */
export function resolveOptions({
  userAdministrators = [],
  extensionsPerApplication = 2,
  replicaLag = {},
  unknown,
}: GraphOptions): ResolvedGraphOptions {
  const resolved = { ...defaultUnknownBehaviour, ...unknown };
  if (!isCount(extensionsPerApplication)) throw new TypeError("graph.extensionsPerApplication must be a whole number.");
  if (!isCount(resolved.maximumSizeInBytes)) {
    throw new TypeError("graph.unknown.maximumSizeInBytes must be a whole number.");
  }
  checkReplicaLag(replicaLag);
  return { userAdministrators, extensionsPerApplication, replicaLag, unknown: resolved };
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
