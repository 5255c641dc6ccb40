import { useTranslation } from "react-i18next";
import type { FactView, ReadingView } from "@/lib/api/client.generated";
import { day, money, percent } from "@/lib/format";
import { factIdOf, type Place, placeOf } from "../place";

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
export function Facts({ reading, place, onPlace }: Props) {
  const { t } = useTranslation("analysis");
  const { telling, further } = sorted(reading);
  const rows = (facts: FactView[]) => (
    <ul className="plain">
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
      {rows(telling)}
      {further.length > 0 && (
        <details className="more">
          <summary>{t("moreFacts", { count: further.length })}</summary>
          {rows(further)}
        </details>
      )}
    </div>
  );
}

function FactRow({ fact, reading, place, onPlace }: Props & { fact: FactView }) {
  const { t } = useTranslation("analysis");
  const nameOf = useFactName();
  const { confidence } = fact;
  const target = placeOf(reading, fact);
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
      <span className="soft">{nameOf(fact.name)}</span>
      <span className="fact-value">
        {fact.value}
        <Normalised fact={fact} />
        {fact.source === "computed" && <span className="soft small"> · {t("computed")}</span>}
      </span>
      <span className={`small number ${confidence >= CERTAIN ? "tone-good" : "tone-wait"}`}>
        {t("sure", { percent: percent(confidence) })}
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
export function sorted({ kind, facts = [] }: Pick<ReadingView, "kind" | "facts">): {
  telling: FactView[];
  further: FactView[];
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
  const telling = facts.filter(tells);
  return telling.length > 0
    ? { telling, further: facts.filter((fact) => !tells(fact)) }
    : { telling: facts, further: [] };
}

/** A date or an amount as the person would write it, where the document writes it otherwise. */
function Normalised({ fact: { value, normalised } }: { fact: FactView }) {
  const text = typeof normalised === "string" ? dated(normalised) : priced(normalised);
  if (!text || text.replace(/\s/g, "") === value.replace(/\s/g, "")) return null;
  return <span className="soft small"> → {text}</span>;
}

function dated(normalised: string): string | null {
  return /^\d{4}-\d\d-\d\d$/.test(normalised) ? day(normalised) : null;
}

function priced(normalised: FactView["normalised"]): string | null {
  if (typeof normalised !== "object" || normalised === null) return null;
  const { minor, currency } = normalised;
  return typeof minor === "number" && typeof currency === "string" ? money(minor, currency) : null;
}
