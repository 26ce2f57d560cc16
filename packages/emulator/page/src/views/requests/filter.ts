import type { LoggedRequest } from "../../../../src/server/request-log.js";

export interface LogFilter {
  /** Name of a service, or empty for all. */
  readonly service: string;
  /** First digit of the status, `none` for requests that were not answered, or empty for all. */
  readonly status: string;
}

export const everything: LogFilter = { service: "", status: "" };

export const statusChoices = [
  { value: "", label: "All" },
  { value: "2", label: "2xx, succeeded" },
  { value: "3", label: "3xx, sent elsewhere" },
  { value: "4", label: "4xx, refused" },
  { value: "5", label: "5xx, failed" },
  { value: "none", label: "Not answered" },
];

export function isShown({ service, response }: LoggedRequest, filter: LogFilter): boolean {
  if (filter.service !== "" && filter.service !== service) return false;
  if (filter.status === "none") return response === undefined;
  return filter.status === "" || String(response?.status).startsWith(filter.status);
}
