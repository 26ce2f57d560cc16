import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TlsCertificate } from "@acs-auth/emulator";

/** What is used of Azurite, which comes without types. */
interface TableServer {
  start(): Promise<void>;
  close(): Promise<void>;
  getHttpServerAddress(): string;
}
type Constructor<Arguments extends unknown[], T> = { readonly default: new (...args: Arguments) => T };

/** The account that every Azurite has; its key is published in Azurite's documentation and protects nothing. */
export const ACCOUNT = {
  name: "devstoreaccount1",
  key: "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==",
} as const;

/** Azure Table Storage on this machine. */
export interface Azurite {
  readonly port: number;
  /** The endpoint of the account. */
  readonly endpoint: string;
  close(): Promise<void>;
}

/** Starts Microsoft's emulator on a free port with a directory of its own; with a certificate it also takes tokens. */
export async function startAzurite(certificate?: TlsCertificate): Promise<Azurite> {
  const directory = await mkdtemp(join(tmpdir(), "acs-auth-azurite-"));
  const [certFile, keyFile] = [join(directory, "cert.pem"), join(directory, "key.pem")];
  if (certificate) await Promise.all([writeFile(certFile, certificate.cert), writeFile(keyFile, certificate.key)]);

  const require = createRequire(import.meta.url);
  const configurations: Constructor<unknown[], object> = require("azurite/dist/src/table/TableConfiguration.js");
  const servers: Constructor<[object], TableServer> = require("azurite/dist/src/table/TableServer.js");
  const server = new servers.default(
    new configurations.default(
      "127.0.0.1",
      0,
      5, // seconds to keep connections alive
      join(directory, "tables.json"),
      false, // no debug log
      false, // no access log
      undefined,
      undefined,
      false, // strict
      false, // with a check of the API version
      ...(certificate ? [certFile, keyFile, "", "basic"] : ["", "", "", undefined]),
      true, // the account's name is in the path
    ),
  );
  await server.start();
  const { origin, port } = new URL(server.getHttpServerAddress());
  return {
    port: Number(port),
    endpoint: `${origin}/${ACCOUNT.name}`,
    async close() {
      await server.close();
      await rm(directory, { recursive: true });
    },
  };
}
