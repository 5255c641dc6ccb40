import { type RefObject, useLayoutEffect, useRef } from "react";

/** The value of the latest render, for callbacks that stay the same from render to render. */
export function useLatest<T>(value: T): RefObject<T> {
  const latest = useRef(value);
  useLayoutEffect(() => {
    latest.current = value;
  });
  return latest;
}
