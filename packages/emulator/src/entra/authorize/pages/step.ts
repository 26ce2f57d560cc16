import { html } from "hono/html";
import type { Application, User } from "../../directory.js";
import type { Parameters } from "../../protocol/parameters.js";
import type { MissingConsent, Step } from "../interaction.js";
import { type Html, layout } from "./layout.js";

type Question = Exclude<Step, { kind: "done" }>;

/** The page that asks the user what has to be known next. Its form repeats the request with the answer added. */
export function stepPage(step: Question, client: Application, parameters: Parameters): Html {
  switch (step.kind) {
    case "choose-user":
      return chooseUserPage(step.users, client, parameters);
    case "second-factor":
      return secondFactorPage(step.user, parameters);
    case "consent":
      return consentPage(step.user, step.missing, client, parameters);
  }
}

function chooseUserPage(users: readonly User[], client: Application, parameters: Parameters): Html {
  const choices = users.map(
    (user) =>
      html`<li><button name="user" value="${user.name}">${user.displayName} <small>${user.email}</small></button></li>`,
  );
  return layout(
    "Sign in",
    html`<p>to continue to ${client.displayName}</p>
${users.length === 0 ? html`<p>No fixture user can sign in at this endpoint.</p>` : ""}
${questionForm(parameters, html`<ul aria-label="Fixture users">${choices}</ul>${cancelButton}`)}`,
  );
}

function secondFactorPage(user: User, parameters: Parameters): Html {
  return layout(
    "Verify your identity",
    html`<p>A policy asks ${user.displayName} (${user.email}) for a second factor.</p>
${questionForm(
  parameters,
  html`<div class="actions"><button class="primary" name="second_factor" value="approve">Approve</button>${cancelButton}</div>`,
  user,
)}`,
  );
}

function consentPage(
  user: User,
  missing: readonly MissingConsent[],
  client: Application,
  parameters: Parameters,
): Html {
  const permissions = missing.flatMap(({ requested, scopes }) =>
    scopes.map((scope) => html`<li>${requested.resource.displayName}: ${scope}</li>`),
  );
  return layout(
    "Permissions requested",
    html`<p>${client.displayName} asks ${user.displayName} (${user.email}) for permission to use:</p>
<ul class="plain">${permissions}</ul>
${questionForm(
  parameters,
  html`<div class="actions"><button class="primary" name="consent" value="accept">Accept</button>${cancelButton}</div>`,
  user,
)}`,
  );
}

const cancelButton = html`<button class="secondary" name="cancel" value="cancel">Cancel</button>`;

/** `user` carries on a choice that came from the browser's session rather than from an earlier page. */
function questionForm(parameters: Parameters, content: Html, user?: User): Html {
  const fields = parameters.entries().filter(([name]) => name !== "user" || user === undefined);
  const hidden = [...fields, ...(user ? [["user", user.name] as const] : [])];
  return html`<form method="post">
${hidden.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
${content}
</form>`;
}
