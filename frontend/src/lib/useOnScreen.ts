import { type RefObject, useEffect, useState } from "react";

/** Whether an element is on the screen. `first` is the answer until the browser has measured it. */
export function useOnScreen(ref: RefObject<Element | null>, first = true): boolean {
  const [onScreen, setOnScreen] = useState(first);
  useEffect(() => {
    if (!ref.current) return;
    const observer = new IntersectionObserver((entries) =>
      setOnScreen(entries.some((entry) => entry.isIntersecting)),
    );
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, [ref]);
  return onScreen;
}
