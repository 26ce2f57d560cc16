import type { RequestListener } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { createCertificateAuthority } from "@acs-auth/emulator";

/** An https server whose answers a test writes byte by byte. */
export interface HostileServer {
  readonly url: string;
  /** What answers; set by the test. */
  listener: RequestListener;
  close(): Promise<void>;
}

export async function startHostileServer(): Promise<HostileServer> {
  const { issueCertificate } = await createCertificateAuthority(process.env["ACS_AUTH_EMULATOR_CERTIFICATES"] ?? "");
  const server = createServer(await issueCertificate(), (request, response) => hostile.listener(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const hostile: HostileServer = {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    listener: (_request, response) => void response.writeHead(404).end(),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return hostile;
}
