import type { ReactNode } from "react";

export interface ActionButtonProps {
  readonly look?: "primary" | "danger" | undefined;
  readonly isBusy?: boolean;
  readonly onClick: () => unknown;
  readonly children: ReactNode;
}

/** A button that keeps the focus while it cannot be used. */
export function ActionButton({ look, isBusy = false, onClick, children }: ActionButtonProps) {
  return (
    <button
      type="button"
      className={look}
      aria-disabled={isBusy}
      onClick={() => {
        if (!isBusy) onClick();
      }}
    >
      {children}
    </button>
  );
}
