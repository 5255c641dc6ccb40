import type { FactResponse } from "@/lib/api/client.generated";
import factLists from "./factLists.generated.json" with { type: "json" };

/** From this on, a fact needs no review. */
export const HIGH_CONFIDENCE = factLists.sure;

/** Names without a meaning of their own: any amount, date or number on a page. */
const GENERIC_NAMES = new Set(factLists.generic);

/** Document kinds whose main date is named `date`. In other kinds that is any date on a page. */
const KINDS_WITH_MAIN_DATE = new Set<string | null>(factLists.datedKinds);

/** Names of which a document may have several equally valid values. */
const REPEATABLE_NAMES = new Set(factLists.repeatable);

const CLOSE_TO_BEST = 0.1;

/**
 * Splits facts into primary ones, which describe the document, and secondary ones: generic dates and amounts, and less
 * likely values of a fact. Without any primary fact, all facts are primary.
 */
export function groupFacts<Fact extends Pick<FactResponse, "name" | "confidence">>({
  kind,
  facts = [],
}: {
  kind: string | null;
  facts?: Fact[];
}): { primary: Fact[]; secondary: Fact[] } {
  const bestConfidence = new Map<string, number>();
  for (const { name, confidence } of facts)
    bestConfidence.set(name, Math.max(confidence, bestConfidence.get(name) ?? 0));
  // The reader lists facts of the document kind before generic ones.
  const mainDate = KINDS_WITH_MAIN_DATE.has(kind) ? facts.find(({ name }) => name === "date") : undefined;
  const isPrimary = (fact: Fact) => {
    const { name, confidence } = fact;
    if (GENERIC_NAMES.has(name)) return fact === mainDate;
    if (REPEATABLE_NAMES.has(name) && confidence >= factLists.likely) return true;
    return confidence > (bestConfidence.get(name) ?? 0) - CLOSE_TO_BEST;
  };
  const primary = facts.filter(isPrimary);
  return primary.length > 0
    ? { primary, secondary: facts.filter((fact) => !isPrimary(fact)) }
    : { primary: facts, secondary: [] };
}
