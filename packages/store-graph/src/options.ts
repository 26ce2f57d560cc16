import type { GraphAccess } from "./access/graph-access.js";
import type { AdoptUnsignedMappings } from "./adoption.js";
import { checkAdoption } from "./adoption.js";
import { checkExtensionName } from "./extension-name.js";
import { type GraphCloud, type GraphCloudName, graphCloud } from "./graph/clouds.js";
import { logger } from "./logger.js";
import { type MappingCodec, SignedMappingCodec, UnsignedMappingCodec } from "./mapping/mapping-codec.js";
import { checkMappingKeys, type MappingKey } from "./mapping/mapping-keys.js";
import { MappingSignatures } from "./mapping/mapping-signatures.js";
import { checkHttpsUrl, checkPositiveInteger } from "./option-checks.js";

/** Options of `GraphIdentityStore`. One of `mappingKeys` and `dangerouslyTrustUnsignedMappings` is required. */
export interface GraphIdentityStoreOptions {
  /** How the store gets at a user's data: `onBehalfOf(…)` or `appOnly(…)`. */
  readonly access: GraphAccess;
  /** The keys that mappings are signed with: the first one signs, all verify. See `parseMappingKeys`. */
  readonly mappingKeys?: readonly MappingKey[];
  /**
   * Instead of keys: writes mappings without a signature and follows whatever is stored. **A user who can write to their
   * own extensions, as with `User.ReadWrite` for any app, can then take over any other user's ACS identity.**
   */
  readonly dangerouslyTrustUnsignedMappings?: true;
  /**
   * The extension's name: a reversed domain name that you own and a name. Never change it while mappings exist.
   * Default: `io.github.acsauth.identityMapping`.
   */
  readonly extensionName?: string;
  /** Default: `global`. */
  readonly cloud?: GraphCloudName;
  /** Another https address of Graph, such as a proxy's or an emulator's. Tokens stay those for the cloud's Graph. */
  readonly graphEndpoint?: string;
  /** How long one request to Graph may take, in milliseconds. Default: 5,000. */
  readonly requestTimeoutInMs?: number;
  /** Takes over the unsigned mappings of Microsoft's sample server. Default: they are ignored. */
  readonly adoptUnsignedMappings?: AdoptUnsignedMappings;
}

/** The options with everything decided. */
export interface CheckedOptions {
  readonly access: GraphAccess;
  readonly codec: MappingCodec;
  readonly extensionName: string;
  readonly cloud: GraphCloud;
  readonly endpoint: URL;
  readonly requestTimeoutInMs: number;
  readonly adoptUnsignedMappings: AdoptUnsignedMappings | undefined;
}

const DEFAULT_EXTENSION_NAME = "io.github.acsauth.identityMapping";
const DEFAULT_REQUEST_TIMEOUT_IN_MS = 5_000;

/** @throws TypeError for a missing or impossible option; the message names it. */
export function checkStoreOptions(options: GraphIdentityStoreOptions): CheckedOptions {
  const { access, adoptUnsignedMappings } = options ?? {};
  if (typeof access?.open !== "function") throw new TypeError("access must be made by onBehalfOf or appOnly.");
  const cloud = graphCloud(options.cloud ?? "global");
  const extensionName = checkExtensionName(options.extensionName ?? DEFAULT_EXTENSION_NAME, "extensionName");
  if (adoptUnsignedMappings) checkAdoption(adoptUnsignedMappings, extensionName);
  return {
    access,
    codec: codecFor(options),
    extensionName,
    cloud,
    endpoint: checkEndpoint(options.graphEndpoint ?? cloud.graphResource),
    requestTimeoutInMs: checkPositiveInteger(
      options.requestTimeoutInMs ?? DEFAULT_REQUEST_TIMEOUT_IN_MS,
      "requestTimeoutInMs",
    ),
    adoptUnsignedMappings,
  };
}

/** Microsoft's Graph client sends its token to named hosts only; to an IPv6 address it would send none. */
function checkEndpoint(value: string): URL {
  const endpoint = checkHttpsUrl(value, "graphEndpoint");
  if (endpoint.hostname.startsWith("[")) throw new TypeError("graphEndpoint must name its host, or use IPv4.");
  return endpoint;
}

function codecFor({ mappingKeys, dangerouslyTrustUnsignedMappings }: GraphIdentityStoreOptions): MappingCodec {
  if (mappingKeys !== undefined && dangerouslyTrustUnsignedMappings === true) {
    throw new TypeError("mappingKeys and dangerouslyTrustUnsignedMappings exclude each other.");
  }
  if (mappingKeys !== undefined) return new SignedMappingCodec(new MappingSignatures(checkMappingKeys(mappingKeys)));
  if (dangerouslyTrustUnsignedMappings !== true) {
    throw new TypeError(
      "mappingKeys is required: users can rewrite their own extensions, and only signed mappings can be told apart.",
    );
  }
  logger.error(
    "Security: mappings in Microsoft Graph are followed unsigned. Users may be able to take over identities.",
  );
  return new UnsignedMappingCodec();
}
