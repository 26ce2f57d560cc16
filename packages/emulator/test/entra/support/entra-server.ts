import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { createCertificateAuthority } from "../../../src/certificates.js";
import { defaultFixtures } from "../../../src/default-fixtures.js";
import { createEntra, type Entra, type EntraOptions } from "../../../src/entra/index.js";

export interface EntraServer {
  readonly url: string;
  readonly entra: Entra;
  close(): Promise<void>;
}

/** The emulated Entra ID alone, over TLS on a free port of localhost. */
export async function startEntra(options: Partial<EntraOptions> = {}): Promise<EntraServer> {
  const directory = process.env["ACS_AUTH_EMULATOR_CERTIFICATES"];
  if (directory === undefined) throw new Error("The tests' certificate authority is missing.");
  const { issueCertificate } = await createCertificateAuthority(directory);
  let url = "";
  const entra = await createEntra({ fixtures: defaultFixtures, now: Date.now, origin: () => url, ...options });
  const server = createServer(await issueCertificate(), getRequestListener(entra.app.fetch));
  url = `https://localhost:${await listen(server)}`;
  return { url, entra, close: () => close(server) };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "localhost", () => resolve((server.address() as AddressInfo).port));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}
