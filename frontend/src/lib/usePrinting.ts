import { useEffect, useState } from "react";
import { flushSync } from "react-dom";

/** Whether the page is being printed. What depends on it is drawn before the printer gets the page. */
export function usePrinting(): boolean {
  const [isPrinting, setIsPrinting] = useState(false);
  useEffect(() => {
    const set = (next: boolean) => flushSync(() => setIsPrinting(next));
    const query = window.matchMedia("print");
    const onQuery = () => set(query.matches);
    const onStart = () => set(true);
    const onEnd = () => set(false);
    query.addEventListener("change", onQuery);
    window.addEventListener("beforeprint", onStart);
    window.addEventListener("afterprint", onEnd);
    return () => {
      query.removeEventListener("change", onQuery);
      window.removeEventListener("beforeprint", onStart);
      window.removeEventListener("afterprint", onEnd);
    };
  }, []);
  return isPrinting;
}
