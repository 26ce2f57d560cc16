import { html } from "hono/html";
import { type Html, layout } from "./layout.js";

export function signedOutPage(): Html {
  return layout("Signed out", html`<p>You can close this window.</p>`);
}
