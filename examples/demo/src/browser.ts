/** Does what a person does in a browser: opens the sign-in page, presses the user's button and follows the redirect. */
export async function chooseUser(signInUrl: string, userName: string): Promise<void> {
  const page = await fetch(signInUrl);
  const html = await page.text();
  const form = new URLSearchParams();
  for (const [, name = "", value = ""] of html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)) {
    form.append(unescapeHtml(name), unescapeHtml(value));
  }
  const buttons = [...html.matchAll(/<button name="([^"]*)" value="([^"]*)">(.*?)<\/button>/gs)];
  const button = buttons.find(([, , , label = ""]) => label.includes(userName));
  if (!button) throw new Error(`The sign-in page (status ${page.status}) does not offer ${userName}.`);
  form.append(button[1] ?? "", button[2] ?? "");
  const answer = await fetch(signInUrl, { method: "POST", body: form, redirect: "manual" });
  const location = answer.headers.get("location");
  if (!location) throw new Error(`The sign-in page answered ${answer.status} without a redirect.`);
  await fetch(location);
}

function unescapeHtml(text: string): string {
  return text
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
