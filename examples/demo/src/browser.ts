/** Does what a person does in a browser: opens the sign-in page, presses their button and returns to the application. */
export async function chooseUser(signInUrl: string, userName: string): Promise<void> {
  const signInPage = await fetch(signInUrl);
  const returnPage = await submit(signInPage, userName);
  await submit(returnPage);
}

/** Sends the form of a page, with the button pressed whose label has the given text. */
async function submit(page: Response, label?: string): Promise<Response> {
  const html = await page.text();
  const form = new URLSearchParams();
  for (const [, name = "", value = ""] of html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)) {
    form.append(unescapeHtml(name), unescapeHtml(value));
  }
  if (label !== undefined) {
    const buttons = [...html.matchAll(/<button name="([^"]*)" value="([^"]*)">(.*?)<\/button>/gs)];
    const [, name, value] = buttons.find(([, , , text = ""]) => text.includes(label)) ?? [];
    if (!name || !value) throw new Error(`The sign-in page (status ${page.status}) does not offer ${label}.`);
    form.append(name, value);
  }
  const action = /<form method="post" action="([^"]*)">/.exec(html)?.[1];
  return fetch(action ? unescapeHtml(action) : page.url, { method: "POST", body: form });
}

function unescapeHtml(text: string): string {
  return text
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
