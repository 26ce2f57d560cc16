export { useBundle } from "./bundle.js";
export { captureLogs } from "./logs.js";
export { Servers } from "./servers.js";
export { statusesOf } from "./statuses.js";
