import { html } from "hono/html";
import type { ErrorReport } from "../../errors/error-response.js";
import { type Html, layout } from "./layout.js";

/** Shown where the application cannot be told, because it is not known to be the right one. */
export function errorPage({ description }: ErrorReport): Html {
  return layout("Sign-in is not possible", html`${description.split("\r\n").map((line) => html`<p>${line}</p>`)}`);
}
