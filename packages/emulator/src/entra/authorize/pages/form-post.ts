import { html } from "hono/html";
import { type Html, layout } from "./layout.js";

/** "OAuth 2.0 Form Post Response Mode": a form that sends itself; the button is for browsers without scripts. */
export function formPostPage(redirectUri: string, parameters: Readonly<Record<string, string>>): Html {
  const fields = Object.entries(parameters).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  return layout(
    "Returning to the application",
    html`<form method="post" action="${redirectUri}">${fields}<button class="primary">Continue</button></form>
<script>document.forms[0].submit()</script>`,
  );
}
