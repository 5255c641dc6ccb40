import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useShortcut } from "@/components/shortcuts";
import type { DocumentAnalysisResponse } from "@/lib/api/client.generated";
import { scrollBehavior } from "@/lib/scrollBehavior";
import { documentParts } from "./documentParts";
import { groupFacts } from "./groupFacts";
import { isPageAboveFacts, locationOf, type PageLocation } from "./pageLocation";

interface Step {
  location: PageLocation;
  /** The shortcuts stop at primary facts only; secondary facts are collapsed. */
  isPrimary: boolean;
}

/**
 * Shortcuts that select the next (`j`) and the previous (`k`) fact and move the focus to it. Returns whether any primary
 * fact has a location.
 */
export function useFactStepping(
  documents: DocumentAnalysisResponse[],
  location: PageLocation | null,
  onSelect: (location: PageLocation) => void,
): boolean {
  const { t } = useTranslation("analysis");
  const steps = documents.flatMap(stepsOf);
  const enabled = steps.some(({ isPrimary }) => isPrimary);
  const [focused, setFocused] = useState<PageLocation | null>(null);
  // Turning the page deselects the fact, and stepping continues from it all the same.
  const lastFactId = useRef<string | null>(null);
  if (location?.factId) lastFactId.current = location.factId;

  function step(direction: 1 | -1) {
    const index = steps.findIndex((candidate) => candidate.location.factId === lastFactId.current);
    const following = direction > 0 ? steps.slice(index + 1) : steps.slice(0, Math.max(index, 0)).reverse();
    const next = following.find(({ isPrimary }) => isPrimary)?.location ?? location;
    if (!next) return;
    onSelect(next);
    setFocused(next);
  }

  useEffect(() => {
    if (!focused?.factId) return;
    const row = document.querySelector<HTMLElement>(`[data-fact="${CSS.escape(focused.factId)}"]`);
    row?.focus({ preventScroll: true });
    // Where the page is above the facts, the page viewer scrolls instead.
    if (!isPageAboveFacts()) row?.scrollIntoView({ block: "nearest", behavior: scrollBehavior() });
  }, [focused]);
  useShortcut("j", t("keys.next"), () => step(1), enabled);
  useShortcut("k", t("keys.previous"), () => step(-1), enabled);
  return enabled;
}

function stepsOf(reading: DocumentAnalysisResponse): Step[] {
  return documentParts(reading).flatMap((part) => {
    const { primary, secondary } = groupFacts(part);
    return [...primary, ...secondary].flatMap((fact) => {
      const location = locationOf(reading, fact);
      return location ? [{ location, isPrimary: primary.includes(fact) }] : [];
    });
  });
}
