import type { OperationTracingOptions } from "@azure/core-tracing";
import type { IdentityStoreOptions } from "../identity-store.js";
import type { UserKey } from "../user.js";
import type { Deadline } from "./deadline.js";

/** What one service call carries to every remote step it takes. */
export interface CallContext {
  readonly deadline: Deadline;
  readonly tracingOptions: OperationTracingOptions | undefined;
  readonly userAssertion: string | undefined;
}

/** The access token of an authenticated user, for stores that act on the user's behalf. */
export function userAssertionOf(user: UserKey & { readonly accessToken?: string }): string | undefined {
  return user.accessToken;
}

/** The context's members that stores and SDK clients take. */
export function operationOptions(call: CallContext): {
  abortSignal: AbortSignal;
  tracingOptions?: OperationTracingOptions;
} {
  return {
    abortSignal: call.deadline.signal,
    ...(call.tracingOptions ? { tracingOptions: call.tracingOptions } : {}),
  };
}

export function storeOptions(call: CallContext): IdentityStoreOptions {
  return { ...operationOptions(call), ...(call.userAssertion ? { userAssertion: call.userAssertion } : {}) };
}
