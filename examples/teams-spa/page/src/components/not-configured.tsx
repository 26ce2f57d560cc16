import { PageFrame } from "./page-frame.js";

/** Shown where the page was built without the variables it needs. */
export function NotConfigured({ problems }: { readonly problems: readonly string[] }) {
  return (
    <PageFrame>
      <section className="card">
        <h2>This page is not configured yet</h2>
        <p>Set these variables, for example in a file .env.local, and build or start the page again:</p>
        <ul>
          {problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
        <p className="muted">
          To see the page run without any of it, start <code>pnpm dev</code> in the root of the repository.
        </p>
      </section>
    </PageFrame>
  );
}
