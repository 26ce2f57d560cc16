import { accessTokenClaims } from "./access-token.js";
import type { EntraContext } from "./context.js";
import { signToken } from "./token-signer.js";

/** A token for a script or a test, without a sign-in. Fixtures are named by their keys in `Fixtures`. */
export interface MintTokenRequest {
  /** The user the token speaks for. Without one, the token is app-only and `application` is required. */
  readonly user?: string;
  /** The application the token is issued to. Default: `"client"`. */
  readonly application?: string;
  /** The tenant of an app-only token. Default: `"home"`. A user's token is always of the user's tenant. */
  readonly tenant?: string;
  /** The API the token is for, by name, client id or identifier URI. Default: `"api"`. */
  readonly audience?: string;
  /** `scp` of a user's token. Default: what the application may ask for, else everything the API offers. */
  readonly scopes?: readonly string[];
  /** `roles`. Default: what the application was granted, in an app-only token. */
  readonly roles?: readonly string[];
  /** Default: the version the API asks for. */
  readonly version?: "1.0" | "2.0";
  /** Until `exp`, from now; negative for a token that has expired. Default: 4500 (75 minutes). */
  readonly lifetimeInSeconds?: number;
  /** `nbf`, in seconds since the epoch. Default: five minutes ago. */
  readonly notBefore?: number;
  /** Claims to set or, where `undefined`, to leave out. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** Header members to set or, where `undefined`, to leave out. `alg` must stay RS256. */
  readonly header?: Readonly<Record<string, unknown>>;
  /** `"unpublished"` signs with a valid key that no keys document contains. Default: `"published"`. */
  readonly signWith?: "published" | "unpublished";
}

export async function mintToken(request: MintTokenRequest, context: EntraContext): Promise<string> {
  const { directory, issuers, keys } = context;
  const user = request.user === undefined ? undefined : directory.user(request.user);
  if (user === undefined && request.application === undefined) {
    throw new TypeError("A token needs a user, an application, or both.");
  }
  const client = directory.application(request.application ?? "client");
  const resource = directory.resource(request.audience ?? "api");
  const permission = client.permissions.find(({ resource: name }) => name === resource.name);
  const now = Math.floor(context.now() / 1000);
  const claims = accessTokenClaims(
    {
      tenant: user ? directory.tenantOf(user) : directory.tenant(request.tenant ?? "home"),
      client,
      clientAuthentication: client.publicClient ? "none" : "secret",
      clientCapabilities: [],
      resource,
      audience: resource.identifierUris[0] ?? resource.clientId,
      ...(request.version && { version: request.version }),
      ...(user && {
        signIn: { user, authenticatedAt: now, multiFactor: false, authenticationContexts: [] },
      }),
      scopes: user ? (request.scopes ?? permission?.scopes ?? resource.scopes) : [],
      roles: request.roles ?? (user ? [] : (permission?.roles ?? [])),
      now,
      lifetimeInSeconds: request.lifetimeInSeconds ?? context.accessTokenLifetimeInSeconds,
    },
    issuers,
    directory,
  );
  return signToken(
    { ...claims, ...(request.notBefore !== undefined && { nbf: request.notBefore }), ...request.claims },
    request.signWith === "unpublished" ? await keys.unpublished() : keys.current,
    request.header,
  );
}
