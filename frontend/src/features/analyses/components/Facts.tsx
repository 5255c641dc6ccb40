import { useTranslation } from "react-i18next";
import type { Fact, Reading } from "@/lib/api/model";
import { day, percent } from "@/lib/format";
import { plain } from "../save";
import type { Place } from "./PageViewer";

interface Props {
  reading: Reading;
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

/** A date as the reader's calendar writes it, where the document writes it otherwise. */
function Normalised({ fact }: { fact: Fact }) {
  const text = plain(fact.normalised);
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || day(text) === fact.value) return null;
  return <span className="soft small"> → {day(text)}</span>;
}

function same(place: Place, fact: Fact): boolean {
  return place.box !== null && place.box.join() === fact.box?.join();
}
