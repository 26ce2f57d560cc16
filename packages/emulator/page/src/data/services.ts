import type { ServiceName } from "../../../src/server/request-counters.js";

/** The services and what people call them. */
export const serviceTitles: Readonly<Record<ServiceName, string>> = {
  entra: "Entra ID",
  communication: "ACS Identity",
  graph: "Microsoft Graph",
};

export const services: readonly ServiceName[] = ["entra", "communication", "graph"];
