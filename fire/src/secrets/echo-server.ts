import { once } from "node:events";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { createCertificateAuthority } from "@acs-auth/emulator";

/** A service that repeats each request in its error, as a proxy that helps with debugging does. */
export interface EchoServer {
  readonly url: string;
  /** The signatures in the `Authorization` headers that came in. */
  readonly signatures: string[];
  close(): Promise<void>;
}

export async function startEchoServer(status: number): Promise<EchoServer> {
  const { issueCertificate } = await createCertificateAuthority(process.env["ACS_AUTH_EMULATOR_CERTIFICATES"] ?? "");
  const signatures: string[] = [];
  const server = createServer(await issueCertificate(), async (request, response) => {
    const { authorization = "" } = request.headers;
    signatures.push(...(decodeURIComponent(authorization).match(/[\w+/]{40,}=*/g) ?? []));
    const message = `${request.method} ${request.url} ${JSON.stringify(request.headers)} ${await text(request)}`;
    response.writeHead(status, { "content-type": "application/json" });
    response.end(errorOf(message));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    signatures,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** As ACS, Azure Tables and Cosmos DB word an error, all at once. */
function errorOf(message: string): string {
  return JSON.stringify({
    error: { code: "Echo", message, innererror: { code: "Echo", message } },
    "odata.error": { code: "Echo", message: { lang: "en-US", value: message } },
    code: "Echo",
    message,
  });
}
