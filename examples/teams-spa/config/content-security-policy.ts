import type { Plugin } from "vite";
import type { PageConfiguration } from "./page-settings.js";

/**
 * Writes a Content-Security-Policy into every page: scripts and styles of the page's own origin only, connections to
 * the configured sign-in service and server only. MSAL renews a sign-in in a hidden frame of the sign-in service.
 *
 * @see https://www.w3.org/TR/CSP3/
 */
export function contentSecurityPolicy(configuration: PageConfiguration, nonce?: string): Plugin {
  const policy = policyFor(configuration, nonce);
  return {
    name: "content-security-policy",
    transformIndexHtml: () => [
      { tag: "meta", attrs: { "http-equiv": "Content-Security-Policy", content: policy }, injectTo: "head-prepend" },
    ],
  };
}

function policyFor(configuration: PageConfiguration, nonce: string | undefined): string {
  const settings = "settings" in configuration ? configuration.settings : undefined;
  const signIn = settings ? [new URL(settings.authority).origin] : [];
  const server = settings ? [new URL(settings.serverEndpoint).origin] : [];
  const ownCode = ["'self'", ...(nonce === undefined ? [] : [`'nonce-${nonce}'`])];
  const directives: Record<string, readonly string[]> = {
    "default-src": ["'none'"],
    "script-src": ownCode,
    "style-src": ownCode,
    "img-src": ["'self'", "data:"],
    "connect-src": ["'self'", ...signIn, ...server],
    "frame-src": ["'self'", ...signIn],
    "base-uri": ["'none'"],
    "form-action": ["'none'"],
  };
  return Object.entries(directives)
    .map(([name, sources]) => [name, ...sources].join(" "))
    .join("; ");
}
