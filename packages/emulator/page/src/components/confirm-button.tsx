import { useId, useRef } from "preact/hooks";

interface ConfirmButtonProps {
  readonly label: string;
  /** What will happen, which cannot be undone. */
  readonly consequence: string;
  readonly onConfirm: () => void;
}

/** A button for what cannot be undone: it asks first. */
export function ConfirmButton({ label, consequence, onConfirm }: ConfirmButtonProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const answer = (confirmed: boolean) => {
    dialog.current?.close();
    if (confirmed) onConfirm();
  };
  return (
    <>
      <button type="button" class="danger" onClick={() => dialog.current?.showModal()}>
        {label}
      </button>
      <dialog ref={dialog} aria-labelledby={`${id}-title`} aria-describedby={`${id}-text`}>
        <h2 id={`${id}-title`}>{label}?</h2>
        <p id={`${id}-text`}>{consequence}</p>
        <div class="actions">
          <button type="button" class="danger" onClick={() => answer(true)}>
            {label}
          </button>
          <button type="button" onClick={() => answer(false)}>
            Cancel
          </button>
        </div>
      </dialog>
    </>
  );
}
