import { useSignal } from "@preact/signals";
import { act } from "../data/actions.js";

interface CopyButtonProps {
  /** What is copied, for people: `the access token`. */
  readonly what: string;
  /** How the button's name, `Copy` and what, begins. Default: `Copy`. */
  readonly label?: string;
  readonly text: string | (() => Promise<string>);
}

/** Copies a text; where the browser does not allow it, the text is shown to be copied by hand. */
export function CopyButton({ what, label = "Copy", text }: CopyButtonProps) {
  const byHand = useSignal<string | undefined>(undefined);
  const copy = async () => {
    const content = typeof text === "string" ? text : await text();
    byHand.value = undefined;
    await navigator.clipboard.writeText(content).catch(() => {
      byHand.value = content;
      throw new Error("The browser does not let the page copy. Copy the text by hand.");
    });
  };
  return (
    <>
      <button type="button" class="small" aria-label={`Copy ${what}`} onClick={() => act(`Copied: ${what}.`, copy)}>
        {label}
      </button>
      {byHand.value !== undefined && <textarea class="by-hand" readOnly aria-label={what} value={byHand} />}
    </>
  );
}
