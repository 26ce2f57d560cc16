import { act } from "../data/actions.js";

interface RowButtonProps {
  readonly label: string;
  /** What the row shows, for those who hear the button out of its row. */
  readonly of: string;
  /** What to say afterwards. */
  readonly done: string;
  readonly action: () => Promise<unknown>;
}

/** Does something to what a row of a table shows. */
export function RowButton({ label, of, done, action }: RowButtonProps) {
  return (
    <button type="button" class="small" aria-label={`${label} ${of}`} onClick={() => act(done, action)}>
      {label}
    </button>
  );
}
