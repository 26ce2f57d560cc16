import type { ReactNode } from "react";

export interface ActionsProps {
  readonly isBusy: boolean;
  readonly children: ReactNode;
}

/** Buttons, and a word that something is being done. */
export function Actions({ isBusy, children }: ActionsProps) {
  return (
    <div className="actions">
      {children}
      <span role="status" className="muted">
        {isBusy && "Working …"}
      </span>
    </div>
  );
}
