import { logger } from "../../diagnostics/logger.js";
import { AcsAuthError } from "../../errors/acs-auth-error.js";
import { safeCause } from "../../errors/safe-cause.js";
import { checkGuid, checkNonEmptyStrings } from "../option-checks.js";
import { invalidToken, tenantCheckFailed } from "../rejection.js";
import type { AllowedTenants } from "./entra-token-verifier-options.js";

/** Decides which tenants' users are let in. Tenant ids are given in lower case. */
export class TenantPolicy {
  readonly #listed: ReadonlySet<string> | undefined;
  readonly #allows: ((tenantId: string) => boolean | Promise<boolean>) | undefined;

  constructor(tenantId: AllowedTenants) {
    if (typeof tenantId === "function") this.#allows = tenantId;
    else this.#listed = new Set(tenantIds(tenantId));
  }

  get onlyTenant(): string | undefined {
    return this.#listed?.size === 1 ? [...this.#listed][0] : undefined;
  }

  /**
   * What can be told of a tenant id that is not verified yet.
   *
   * @throws AcsAuthError `invalid_token`: `tenant_not_allowed`.
   */
  checkClaimed(tenantId: string): void {
    if (this.#listed && !this.#listed.has(tenantId)) throw invalidToken("tenant_not_allowed");
  }

  /** @throws AcsAuthError `invalid_token`: `tenant_not_allowed`; `forbidden`: `tenant_check_failed`. */
  async checkVerified(tenantId: string): Promise<void> {
    if (!this.#allows) return;
    let allowed: boolean;
    try {
      allowed = await this.#allows(tenantId);
    } catch (error) {
      if (AcsAuthError.is(error)) throw error;
      const cause = safeCause(error);
      logger.warning(`The tenantId function failed: ${cause.message}`);
      throw tenantCheckFailed(cause);
    }
    if (allowed !== true) throw invalidToken("tenant_not_allowed");
  }
}

function tenantIds(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return [checkGuid(value, "tenantId")];
  return checkNonEmptyStrings(value, "tenantId").map((id, index) => checkGuid(id, `tenantId[${index}]`));
}
