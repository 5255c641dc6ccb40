import { useTranslation } from "react-i18next";
import type { FactView, ReadingView } from "@/lib/api/client.generated";
import { formatDate, formatMoney, formatPercent } from "@/lib/format";
import { factIdOf, locationOf, type Place } from "../pageLocation";

interface Props {
  reading: ReadingView;
  place: Place | null;
  onPlace: (place: Place) => void;
}

const CERTAIN = 0.9;

export function useFactName(): (name: string) => string {
  const { t, i18n } = useTranslation("analysis");
  return (name) =>
    i18n.exists(`analysis:facts.${name}`)
      ? t(`facts.${name}` as "facts.total")
      : name.charAt(0).toUpperCase() + name.slice(1).replaceAll("_", " ");
}

/** A document's facts; choosing one shows where on the page it stands. */
export function FactList({ reading, place, onPlace }: Props) {
  const { t } = useTranslation("analysis");
  const { primary, secondary } = groupFacts(reading);
  const rows = (facts: FactView[]) => (
    <ul className="plain-list">
      {facts.map((fact, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a result never changes its order
        <li key={index}>
          <FactRow fact={fact} reading={reading} place={place} onPlace={onPlace} />
        </li>
      ))}
    </ul>
  );
  return (
    <div>
      {rows(primary)}
      {secondary.length > 0 && (
        <details className="more">
          <summary>{t("moreFacts", { count: secondary.length })}</summary>
          {rows(secondary)}
        </details>
      )}
    </div>
  );
}

function FactRow({ fact, reading, place, onPlace }: Props & { fact: FactView }) {
  const { t } = useTranslation("analysis");
  const nameOf = useFactName();
  const { confidence } = fact;
  const target = locationOf(reading, fact);
  const factId = factIdOf(reading, fact);
  return (
    <button
      type="button"
      className="fact"
      disabled={target === null}
      data-fact={factId}
      aria-pressed={place?.factId === factId}
      onClick={() => target && onPlace(target)}
    >
      <span className="muted">{nameOf(fact.name)}</span>
      <span className="fact-value">
        {fact.value}
        <Normalised fact={fact} />
        {fact.source === "computed" && <span className="muted small"> · {t("computed")}</span>}
      </span>
      <span className={`small number ${confidence >= CERTAIN ? "text-success" : "text-warning"}`}>
        {t("sure", { percent: formatPercent(confidence) })}
      </span>
    </button>
  );
}

const UNNAMED = new Set(["amount", "date", "identifier"]);

/** Kinds of document whose own date is called `date`; in others that is any date found on a page. */
const DATED_KINDS = new Set<string | null>(["receipt", "letter"]);

/** Names of which a document may state several, each as good as another. */
const REPEATABLE = new Set(["party", "signature", "email", "phone", "url", "iban", "vat_id"]);

const LIKELY = 0.5;
const CLOSE_TO_BEST = 0.1;

/**
 * What the document is about, and what else was found on its pages: dates and amounts without a meaning of their own,
 * and less likely readings of what is there already.
 */
export function groupFacts({ kind, facts = [] }: Pick<ReadingView, "kind" | "facts">): {
  primary: FactView[];
  secondary: FactView[];
} {
  const best = new Map<string, number>();
  for (const { name, confidence } of facts) best.set(name, Math.max(confidence, best.get(name) ?? 0));
  // The reader lists what a kind states before what stands anywhere on the pages.
  const ownDate = DATED_KINDS.has(kind) ? facts.find(({ name }) => name === "date") : undefined;
  const tells = (fact: FactView) => {
    const { name, confidence } = fact;
    if (UNNAMED.has(name)) return fact === ownDate;
    if (REPEATABLE.has(name) && confidence >= LIKELY) return true;
    return confidence > (best.get(name) ?? 0) - CLOSE_TO_BEST;
  };
  const primary = facts.filter(tells);
  return primary.length > 0
    ? { primary, secondary: facts.filter((fact) => !tells(fact)) }
    : { primary: facts, secondary: [] };
}

/** A date or an amount as the person would write it, where the document writes it otherwise. */
function Normalised({ fact: { value, normalised } }: { fact: FactView }) {
  const text = typeof normalised === "string" ? dated(normalised) : priced(normalised);
  if (!text || text.replace(/\s/g, "") === value.replace(/\s/g, "")) return null;
  return <span className="muted small"> → {text}</span>;
}

function dated(normalised: string): string | null {
  return /^\d{4}-\d\d-\d\d$/.test(normalised) ? formatDate(normalised) : null;
}

function priced(normalised: FactView["normalised"]): string | null {
  if (typeof normalised !== "object" || normalised === null) return null;
  const { minor, currency } = normalised;
  return typeof minor === "number" && typeof currency === "string" ? formatMoney(minor, currency) : null;
}
