import type { Caller } from "./caller.js";
import type { RequestIds } from "./graph-error.js";

/** What the middlewares leave for the handlers. */
export interface GraphEnvironment {
  readonly Variables: { readonly caller: Caller; readonly ids: RequestIds };
}
