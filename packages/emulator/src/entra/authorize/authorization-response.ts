import type { Context } from "hono";
import type { Recipient } from "./authorization-request.js";
import { formPostPage } from "./pages/form-post.js";

/** Sends the answer to the application the way it asked for ("OAuth 2.0 Multiple Response Type Encoding Practices"). */
export function answerApplication(
  c: Context,
  { redirectUri, responseMode, state }: Recipient,
  answer: Readonly<Record<string, string>>,
): Response | Promise<Response> {
  const parameters = { ...answer, ...(state !== undefined && { state }) };
  c.header("Cache-Control", "no-store");
  if (responseMode === "form_post") return c.html(formPostPage(redirectUri, parameters));
  const url = new URL(redirectUri);
  if (responseMode === "fragment") {
    url.hash = new URLSearchParams(parameters).toString();
  } else {
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  }
  return c.redirect(url.href, 302);
}
