import type { TenantFixture } from "../../../fixtures.js";
import type { EntraContext } from "../../context.js";
import { isTenantGroup } from "../../directory.js";
import * as errors from "../../errors/index.js";
import { tenantOfSegment } from "../../tenant-segment.js";

/** A code or refresh token is redeemed at its own tenant's endpoint or at one that serves many tenants. */
export function assertSameTenant(segment: string, tenantId: string, { directory }: EntraContext): TenantFixture {
  const tenant = tenantOfSegment(isTenantGroup(segment) ? tenantId : segment, directory);
  if (tenant.id !== tenantId) throw errors.grantMalformed();
  return tenant;
}
