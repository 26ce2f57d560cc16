import { type ReactNode, type Ref, useId } from "react";

export interface CardProps {
  readonly title: string;
  readonly intro: string;
  /** To move the focus to, when what had it is gone. */
  readonly headingRef?: Ref<HTMLHeadingElement>;
  readonly children: ReactNode;
}

export function Card({ title, intro, headingRef, children }: CardProps) {
  const id = useId();
  return (
    <section className="card" aria-labelledby={id}>
      <h2 id={id} ref={headingRef} tabIndex={-1}>
        {title}
      </h2>
      <p className="intro">{intro}</p>
      {children}
    </section>
  );
}
