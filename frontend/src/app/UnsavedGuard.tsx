import {
  lazy,
  type ReactNode,
  Suspense,
  useContext,
  useLayoutEffect,
  useMemo,
  useRef,
  useSyncExternalStore,
} from "react";
import {
  UNSAFE_NavigationContext as NavigationContext,
  type Navigator,
  parsePath,
  type To,
} from "react-router";
import { confirmDiscard, lostAt, openQuestion, subscribeToQuestion } from "@/lib/unsavedInput";

const UnsavedDialog = lazy(() => import("./UnsavedDialog"));

/**
 * Asks before another address makes unsaved input disappear: that of a link, of a selection, and that of Back or Forward.
 * (React Router's own `useBlocker` needs its data router, which has 18 kB more: `docs/decisions/0023-unsaved-input.md`.)
 */
export function UnsavedGuard({ children }: { children: ReactNode }) {
  const navigation = useContext(NavigationContext);
  const entry = useRef(entryOf(window.history.state));
  const guarded = useMemo(() => {
    const { navigator } = navigation;
    const guard = (method: Navigator["push"]): Navigator["push"] => {
      return (to, state, options) =>
        confirmDiscard(lostAt(pathOf(to)), () => {
          method(to, state, options);
          entry.current = entryOf(window.history.state);
        });
    };
    const asking = Object.create(navigator) as Navigator;
    asking.push = guard(navigator.push);
    asking.replace = guard(navigator.replace);
    return { ...navigation, navigator: asking };
  }, [navigation]);

  useLayoutEffect(() => {
    let isReturning = false;
    function handlePop(event: PopStateEvent) {
      const steps = entryOf(event.state) - entry.current;
      const { pathname, search, hash } = window.location;
      const lost = lostAt({ pathname, search, hash });
      if (!isReturning && (lost.length === 0 || !steps)) {
        entry.current = entryOf(event.state);
        return;
      }
      // The browser has gone there already: nobody else hears of it, and it returns.
      event.stopImmediatePropagation();
      if (isReturning) {
        isReturning = false;
        return;
      }
      isReturning = true;
      window.history.go(-steps);
      confirmDiscard(lost, () => window.history.go(steps));
    }
    // Before React Router's own listener.
    window.addEventListener("popstate", handlePop, { capture: true });
    return () => window.removeEventListener("popstate", handlePop, { capture: true });
  }, []);

  return (
    <NavigationContext.Provider value={guarded}>
      {children}
      <Question />
    </NavigationContext.Provider>
  );
}

function Question() {
  const question = useSyncExternalStore(subscribeToQuestion, openQuestion);
  return question && <Suspense>{<UnsavedDialog question={question} />}</Suspense>;
}

/** The number that React Router gives to an entry of the browser's history. */
function entryOf(state: { idx?: number } | null): number {
  return state?.idx ?? Number.NaN;
}

function pathOf(to: To) {
  return { pathname: "/", search: "", hash: "", ...(typeof to === "string" ? parsePath(to) : to) };
}
