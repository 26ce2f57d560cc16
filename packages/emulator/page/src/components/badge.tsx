import type { ComponentChildren } from "preact";

export type Tone = "good" | "warning" | "bad" | "neutral";

/** A short state; its words say all that its colour does. */
export function Badge({ tone, children }: { readonly tone: Tone; readonly children: ComponentChildren }) {
  return <span class={`badge ${tone}`}>{children}</span>;
}
