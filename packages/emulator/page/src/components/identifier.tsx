import { CopyButton } from "./copy-button.js";

/** An identity's id: the half that tells identities of one resource apart, and the whole to copy. */
export function Identifier({ id }: { readonly id: string }) {
  return (
    <span class="identifier">
      <code title={id}>{id.replace(/^(8:acs:).*_/, "$1…")}</code> <CopyButton what={`the id ${id}`} text={id} />
    </span>
  );
}
