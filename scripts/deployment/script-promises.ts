import { HOOK_PROMISES } from "./hook-promises.js";
import { REGISTRATION_PROMISES } from "./registration-promises.js";

/** What the scripts of `infra` promise. Each throws, saying what is wrong, if the scripts do not keep it. */
export const SCRIPT_PROMISES = { ...REGISTRATION_PROMISES, ...HOOK_PROMISES };
