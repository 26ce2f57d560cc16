import { useEffect, useRef } from "react";

/** Goes on, once, with what the sign-in page interrupted. */
export function useResume(isResumed: boolean, goOn: () => Promise<void>): void {
  const hasResumed = useRef(false);
  useEffect(() => {
    if (!isResumed || hasResumed.current) return;
    hasResumed.current = true;
    void goOn();
  });
}
