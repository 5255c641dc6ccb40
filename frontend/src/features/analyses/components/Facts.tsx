import { useTranslation } from "react-i18next";
import type { FactView, ReadingView } from "@/lib/api/client.generated";
import { day, money, percent } from "@/lib/format";
import type { Place } from "./PageViewer";

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
  const nameOf = useFactName();
  return (
    <ul className="plain">
      {(reading.facts ?? []).map((fact, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a result never changes its order
        <li key={index}>
          <button
            type="button"
            className="fact"
            disabled={fact.page === null}
            aria-pressed={
              place?.documentId === reading.document_id && place.page === fact.page && same(place, fact)
            }
            onClick={() =>
              fact.page !== null &&
              onPlace({
                documentId: reading.document_id,
                filename: reading.filename,
                page: fact.page,
                box: fact.box,
              })
            }
          >
            <span className="soft">{nameOf(fact.name)}</span>
            <span className="fact-value">
              {fact.value}
              <Normalised fact={fact} />
            </span>
            <span className={`small number ${fact.confidence >= CERTAIN ? "tone-good" : "tone-wait"}`}>
              {t("sure", { percent: percent(fact.confidence) })}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** A date or an amount as the person would write it, where the document writes it otherwise. */
function Normalised({ fact: { value, normalised } }: { fact: FactView }) {
  const text = typeof normalised === "string" ? dated(normalised) : priced(normalised);
  if (!text || text === value) return null;
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

function same(place: Place, fact: FactView): boolean {
  return place.box !== null && place.box.join() === fact.box?.join();
}
