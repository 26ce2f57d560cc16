import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Hono } from "hono";
import { accepts } from "hono/accepts";
import { secureHeaders } from "hono/secure-headers";
import { help } from "./help.js";

/** Beside the built package, and from its sources. */
const directories = ["./page/", "../../dist/page/"].map((path) => fileURLToPath(new URL(path, import.meta.url)));

const assetTypes: Readonly<Record<string, string>> = { js: "text/javascript", css: "text/css", svg: "image/svg+xml" };

/** `GET /` is a page for browsers and a text for everybody else. */
export function pageRoutes(entraUrl: string): Hono {
  const self = "'self'";
  return new Hono()
    .use(
      secureHeaders({
        strictTransportSecurity: false, // it would bind every port of localhost
        xFrameOptions: "DENY",
        contentSecurityPolicy: {
          defaultSrc: ["'none'"],
          scriptSrc: [self],
          styleSrc: [self],
          imgSrc: [self],
          connectSrc: [self, entraUrl],
          formAction: [entraUrl, self],
          baseUri: ["'none'"],
          frameAncestors: ["'none'"],
        },
      }),
    )
    .get("/", async (c) => {
      c.header("Vary", "Accept");
      c.header("Cache-Control", "no-cache");
      const type = accepts(c, { header: "Accept", supports: ["text/html", "text/plain"], default: "text/plain" });
      const page = type === "text/html" ? await pageFile("index.html") : undefined;
      return page ? c.html(page.toString()) : c.text(help);
    })
    .get("/assets/:file{[\\w-]+\\.\\w+}", async (c) => {
      const name = c.req.param("file");
      const type = assetTypes[name.split(".").at(-1) ?? ""];
      const content = type && (await pageFile(`assets/${name}`));
      if (!content) return c.notFound();
      return c.body(content, 200, { "Content-Type": type, "Cache-Control": "max-age=31536000, immutable" });
    });
}

/** Undefined if there is none, as where the page was not built. */
async function pageFile(path: string): Promise<Buffer<ArrayBuffer> | undefined> {
  for (const directory of directories) {
    const content = await readFile(directory + path).catch(() => undefined);
    if (content) return content;
  }
  return undefined;
}
