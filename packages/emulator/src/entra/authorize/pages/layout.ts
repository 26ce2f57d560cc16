import { html, raw } from "hono/html";

export type Html = ReturnType<typeof html>;

const style = `
:root { color-scheme: light dark; --surface: #fff; --page: #eef1f5; --text: #1b1f24; --muted: #57606a; --line: #d0d7de; --accent: #0b62c4; --on-accent: #fff; }
@media (prefers-color-scheme: dark) { :root { --surface: #1c2128; --page: #0f1318; --text: #e8ecf1; --muted: #a3adb8; --line: #3a434d; --accent: #6cb2ff; --on-accent: #06182c; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem; background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
main { width: 100%; max-width: 27rem; padding: clamp(1.25rem, 5vw, 2rem); background: var(--surface); border: 1px solid var(--line); border-radius: 0.75rem; }
h1 { margin: 0 0 0.25rem; font-size: 1.4rem; line-height: 1.25; }
p { margin: 0 0 1rem; color: var(--muted); overflow-wrap: anywhere; }
ul { margin: 0 0 1rem; padding: 0; list-style: none; display: grid; gap: 0.5rem; }
ul.plain { padding-left: 1.25rem; list-style: disc; gap: 0.25rem; overflow-wrap: anywhere; }
button { width: 100%; min-height: 2.75rem; padding: 0.6rem 0.9rem; font: inherit; color: inherit; text-align: left; background: transparent; border: 1px solid var(--line); border-radius: 0.5rem; cursor: pointer; overflow-wrap: anywhere; }
button:hover { border-color: var(--accent); }
button:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
button small { display: block; color: var(--muted); font-size: 0.875rem; }
button.primary { color: var(--on-accent); background: var(--accent); border-color: var(--accent); text-align: center; font-weight: 600; }
button.secondary { text-align: center; }
.actions { display: grid; gap: 0.5rem; }
footer { margin-top: 1.25rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--muted); font-size: 0.875rem; }
`;

/** One plain page, readable in light and dark and on a phone. */
export function layout(title: string, content: Html): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${raw(style)}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${content}
<footer>Entra ID emulator: fixture users only, no passwords.</footer>
</main>
</body>
</html>`;
}
