import type { ReactNode } from "react";

export interface PageFrameProps {
  /** Who is signed in, and the way out. */
  readonly person?: ReactNode;
  readonly children: ReactNode;
}

export function PageFrame({ person, children }: PageFrameProps) {
  return (
    <>
      <header>
        <h1>Credentials for chat and calling</h1>
        {person}
      </header>
      <main>{children}</main>
    </>
  );
}
