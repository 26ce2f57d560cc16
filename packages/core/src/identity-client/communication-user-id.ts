const RAW_ID = /^8:(?:acs|dod-acs|gcch-acs):([\da-f-]{36})_[\da-f-]{36}$/i;

/** Whether a value is the raw id of an ACS identity: `8:acs:<resource>_<user>`, or its US government forms. */
export function isCommunicationUserId(value: unknown): value is string {
  return typeof value === "string" && RAW_ID.test(value);
}

/** The resource half of a raw id, in lower case. */
export function resourceIdOf(communicationUserId: string): string | undefined {
  return RAW_ID.exec(communicationUserId)?.[1]?.toLowerCase();
}
