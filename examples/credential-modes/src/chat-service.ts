import { once } from "node:events";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { createCertificateAuthority, type Emulator } from "@acs-auth/emulator";
import { certificates } from "./certificates.js";

/** A stand-in for the chat service: it lets in whom ACS knows, and has no threads. */
export interface ChatService {
  readonly url: string;
  /** What the last accepted token allows, and until when. */
  readonly lastToken: { readonly scopes: readonly string[]; readonly expiresOn: Date } | undefined;
  close(): void;
}

export async function startChatService({ communication }: Emulator): Promise<ChatService> {
  let lastToken: ChatService["lastToken"];
  const { issueCertificate } = await createCertificateAuthority(certificates);
  const server = createServer(await issueCertificate(), async (request, response) => {
    const token = await communication.introspectToken(request.headers.authorization?.replace(/^Bearer /, "") ?? "");
    if (token.active) lastToken = token;
    response.writeHead(token.active ? 200 : 401, { "content-type": "application/json" });
    response.end(
      JSON.stringify(token.active ? { value: [] } : { error: { code: "Unauthorized", message: token.reason } }),
    );
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://localhost:${port}`,
    get lastToken() {
      return lastToken;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
