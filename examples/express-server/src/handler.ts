/** What another host than Express needs to serve the same. */
export { createHandler } from "./acs-auth.js";
export { readConfig } from "./config/config.js";
