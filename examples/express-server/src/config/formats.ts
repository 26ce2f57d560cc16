import { closeSync, openSync } from "node:fs";
import { createIdentityClient } from "@acs-auth/core";
import { TableIdentityStore } from "@acs-auth/store-table";
import { z } from "zod";

export const text = z.string("is missing");

export const guid = text
  .pipe(z.guid("must be a GUID, as the Azure portal shows it"))
  .transform((value) => value.toLowerCase());

export const httpsOrigin = text
  .refine((value) => originOf(value)?.startsWith("https:"), "must be an https URL without a path")
  .transform((value) => new URL(value).origin);

/** With a path where a service is addressed by one, as emulators are. */
export const httpsEndpoint = text.refine((value) => {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  return url?.protocol === "https:" && url.href === `${url.origin}${url.pathname}`;
}, "must be an https URL without a query");

export const oneOf = <const T extends readonly string[]>(values: T) =>
  z.enum(values, `must be one of: ${values.join(", ")}`);

/** A text that a library reads; its `TypeError` says what is wrong without repeating the text. */
export const readBy = <T>(read: (value: string) => T) =>
  text.transform((value, context) => {
    try {
      return read(value);
    } catch (error) {
      context.addIssue({ code: "custom", message: error instanceof TypeError ? error.message : "is malformed" });
      return z.NEVER;
    }
  });

export const communicationConnectionString = readBy((value) => {
  createIdentityClient(value);
  return value;
});

export const tableConnectionString = readBy((value) => {
  new TableIdentityStore({ connectionString: value });
  return value;
});

export const tableName = text.regex(/^[a-z][a-z0-9]{2,62}$/i, "must be 3 to 63 letters and digits, a letter first");

export const port = text
  .regex(/^\d{1,5}$/, "must be a port number from 0 to 65535")
  .transform(Number)
  .refine((value) => value <= 65_535, "must be a port number from 0 to 65535");

export const wholeNumber = text.regex(/^[1-9]\d{0,8}$/, "must be a whole number from 1 to 999999999").transform(Number);

/** Created if it is not there. */
export const writableFile = text.refine((path) => {
  try {
    closeSync(openSync(path, "a", 0o600));
    return true;
  } catch {
    return false;
  }
}, "must be a file that can be written");

export const corsOrigins = text
  .transform((value) => value.split(",").map((origin) => origin.trim()))
  .refine(
    (origins) => origins.every((origin) => originOf(origin) === origin),
    "must be origins such as https://app.contoso.com, separated by commas",
  );

/** The origin of a URL that is nothing but an origin. */
function originOf(value: string): string | undefined {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  return url && url.href === `${url.origin}/` ? url.origin : undefined;
}
