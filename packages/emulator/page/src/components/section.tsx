import type { ComponentChildren } from "preact";

interface SectionProps {
  readonly title: string;
  readonly text?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A part of a view under its own heading. */
export function Section({ title, text, children }: SectionProps) {
  return (
    <section class="section">
      <h2>{title}</h2>
      {text && <p class="muted">{text}</p>}
      {children}
    </section>
  );
}
