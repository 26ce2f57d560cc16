import { type ReactNode, type RefObject, useId } from "react";

export interface ConfirmDialogProps {
  /** Opens with `showModal()`. */
  readonly ref: RefObject<HTMLDialogElement | null>;
  readonly title: string;
  readonly confirm: string;
  readonly onConfirm: () => unknown;
  readonly children: ReactNode;
}

/** Asks before something that cannot be undone. The Escape key and the first button leave everything as it is. */
export function ConfirmDialog({ ref, title, confirm, onConfirm, children }: ConfirmDialogProps) {
  const id = useId();
  const close = () => ref.current?.close();
  return (
    <dialog ref={ref} role="alertdialog" aria-labelledby={`${id}-title`} aria-describedby={`${id}-text`}>
      <h2 id={`${id}-title`}>{title}</h2>
      <p id={`${id}-text`}>{children}</p>
      <div className="actions">
        <button type="button" onClick={close}>
          Cancel
        </button>
        <button
          type="button"
          className="danger"
          onClick={() => {
            close();
            onConfirm();
          }}
        >
          {confirm}
        </button>
      </div>
    </dialog>
  );
}
