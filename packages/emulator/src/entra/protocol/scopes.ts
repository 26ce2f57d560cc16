import type { Directory, Resource } from "../directory.js";
import * as errors from "../errors/index.js";
import type { Parameters } from "./parameters.js";

const openIdScopes = ["openid", "profile", "email", "offline_access"];
const defaultScope = ".default";

/** The scopes asked for on one API. */
export interface ResourceScopes {
  readonly resource: Resource;
  /** The identifier the API was asked for with. */
  readonly audience: string;
  /** `.default`: everything consented to. */
  readonly isDefault: boolean;
  /** Without the identifier, in the API's own spelling. */
  readonly scopes: readonly string[];
  /** As they were written. */
  readonly requested: readonly string[];
}

export interface RequestedScopes {
  /** `openid`, `profile`, `email`, `offline_access`. */
  readonly openId: readonly string[];
  readonly resources: readonly ResourceScopes[];
}

/** The `scope` parameter or, in the v1.0 protocol, the `resource` parameter. */
export function scopeParameter(parameters: Parameters): string | undefined {
  const resource = parameters.optional("resource");
  return parameters.optional("scope") ?? (resource && `${resource}/${defaultScope}`);
}

/** Reads scopes written as `{identifier}/{permission}`; without an identifier they are Microsoft Graph's. */
export function parseScopes(scope: string, directory: Directory, tenantName: string): RequestedScopes {
  const openId: string[] = [];
  const resources = new Map<string, ResourceScopes>();
  for (const requested of new Set(scope.split(" ").filter(Boolean))) {
    if (openIdScopes.includes(requested.toLowerCase())) {
      openId.push(requested.toLowerCase());
      continue;
    }
    const { audience, permission } = split(requested, directory);
    const resource = directory.findResource(audience);
    if (resource === undefined) throw errors.resourceNotFound(audience, tenantName);
    const isDefault = permission === defaultScope;
    const known = resource.scopes.find((name) => name.toLowerCase() === permission.toLowerCase());
    if (known === undefined && !isDefault) throw errors.invalidScope(requested);
    const before = resources.get(resource.clientId);
    resources.set(resource.clientId, {
      resource,
      audience: before?.audience ?? audience,
      isDefault: isDefault || (before?.isDefault ?? false),
      scopes: [...(before?.scopes ?? []), ...(known === undefined ? [] : [known])],
      requested: [...(before?.requested ?? []), requested],
    });
  }
  return { openId, resources: [...resources.values()] };
}

/** The one API a token can be for: Microsoft Graph if only OpenID Connect scopes were asked for. */
export function singleResource({ resources }: RequestedScopes, directory: Directory): ResourceScopes {
  const [first, ...others] = resources;
  if (others.length > 0) throw errors.scopesOfSeveralResources();
  if (first !== undefined) return first;
  const graph = directory.resource("graph");
  return { resource: graph, audience: graphIdentifier(graph), isDefault: false, scopes: [], requested: [] };
}

/** The `scope` of a token response: what was granted, and what was asked for as it was written. */
export function grantedScope(
  openId: readonly string[],
  { audience, requested }: ResourceScopes,
  granted: readonly string[],
) {
  const scopes = new Map<string, string>();
  const identifier = audience.replace(/\/$/, "");
  for (const scope of [
    ...openId.filter((name) => name !== "offline_access"),
    ...requested,
    ...granted.map((name) => `${identifier}/${name}`),
  ]) {
    if (!scopes.has(scope.toLowerCase())) scopes.set(scope.toLowerCase(), scope);
  }
  return [...scopes.values()].join(" ");
}

function split(requested: string, directory: Directory) {
  const slash = requested.lastIndexOf("/");
  if (slash > 0) return { audience: requested.slice(0, slash), permission: requested.slice(slash + 1) };
  return { audience: graphIdentifier(directory.resource("graph")), permission: requested };
}

function graphIdentifier(graph: Resource): string {
  return graph.identifierUris[0] ?? graph.clientId;
}
