import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { createCertificateAuthority } from "@acs-auth/emulator";

interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly delayInMs?: number;
}

/** An https server of JSON documents, which can be made to misbehave. */
export class KeyServer {
  readonly url: string;
  /** The paths asked for, in order. */
  readonly requests: string[] = [];
  /** The documents by path, made anew for each request. */
  readonly documents = new Map<string, () => unknown>();
  /** Takes the place of the documents: an answer, or `"reset"` for a connection that breaks. */
  fault: ((path: string) => Answer | "reset" | undefined) | undefined;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    this.url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on("request", async (request, response) => {
      const path = request.url ?? "";
      this.requests.push(path);
      const fault = this.fault?.(path);
      if (fault === "reset") {
        response.destroy();
        return;
      }
      await delay(fault?.delayInMs ?? 0, undefined, { ref: false });
      const document = this.documents.get(path);
      const { status = document ? 200 : 404, headers = {}, body = JSON.stringify(document?.() ?? {}) } = fault ?? {};
      response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
    });
  }

  static async start(): Promise<KeyServer> {
    const { issueCertificate } = await createCertificateAuthority(process.env["ACS_AUTH_EMULATOR_CERTIFICATES"] ?? "");
    const server = createServer(await issueCertificate());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new KeyServer(server);
  }

  /** How often keys have been fetched. */
  get keyFetches(): number {
    return this.requests.filter((path) => path.includes("/keys")).length;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
