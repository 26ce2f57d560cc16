import type { TenantFixture } from "../fixtures.js";
import type { Directory } from "./directory.js";
import * as errors from "./errors/index.js";

/** The one tenant a path segment names, by id or domain. */
export function tenantOfSegment(segment: string, directory: Directory): TenantFixture {
  const tenant = directory.findTenant(segment);
  if (tenant === undefined) throw errors.tenantNotFound(segment);
  return tenant;
}
