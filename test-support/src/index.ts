export { useBundle } from "./bundle.js";
export { captureLogs } from "./logs.js";
export { newUsers, Servers, type ServersJob } from "./servers.js";
