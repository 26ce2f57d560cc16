/**
 * The refusals of the emulated Entra ID, by AADSTS number, after Microsoft's "Microsoft Entra authentication and
 * authorization error codes". Their wording is the emulator's own; clients must not depend on it.
 */
export * from "./assertion-errors.js";
export * from "./client-errors.js";
export * from "./grant-errors.js";
export * from "./request-errors.js";
export * from "./scope-errors.js";
export * from "./sign-in-errors.js";
