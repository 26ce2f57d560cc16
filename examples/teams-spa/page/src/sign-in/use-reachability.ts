import { useCallback, useEffect, useState } from "react";
import { isReachable } from "./reachability.js";

/** Whether the sign-in service can be reached; believed until shown otherwise, asked again when the page is looked at. */
export function useReachability(authority: string) {
  const [reachable, setReachable] = useState(true);
  const checkAgain = useCallback(async () => setReachable(await isReachable(authority)), [authority]);
  useEffect(() => {
    const onVisible = () => {
      if (document.visibilityState === "visible") void checkAgain();
    };
    onVisible();
    document.addEventListener("visibilitychange", onVisible);
    return () => document.removeEventListener("visibilitychange", onVisible);
  }, [checkAgain]);
  return { isReachable: reachable, checkAgain };
}
