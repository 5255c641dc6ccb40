import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { LongList } from "@/components/LongList";
import { Muted } from "@/components/Muted";
import { type Arrangement, arrangeRows, isArranged } from "../arrangeRows";
import type { Duplicate } from "../duplicates";
import type { ListRow } from "../listRows";
import { isRunning } from "../uploads/slice";
import { useChoice } from "../useChoice";
import { ChoiceBar } from "./ChoiceBar";
import { DuplicatesNotice } from "./DuplicatesNotice";
import { ListRowContent } from "./ListRowContent";
import { ListTools } from "./ListTools";

const RemoveDialog = lazy(() => import("./RemoveDialog"));

/** Fewer rows than this are seen at once. */
const MANY_ROWS = 8;

interface Props {
  rows: readonly ListRow[];
  duplicates: ReadonlyMap<string, Duplicate>;
  removable: boolean;
  renamable: boolean;
  /** Their files need no upload, or are in the bucket although the API does not know them yet. */
  areUploaded: boolean;
  arrangement: Arrangement;
  onArrange: (arrangement: Arrangement) => void;
  /** Up to which row the list is on the screen. */
  onShown: (end: number) => void;
  /** Files were removed, and with them the button that had the focus. */
  onFocusLost: () => void;
}

/** The files of an order, sorted and filtered as the user wants them. Several can be removed at once. */
export function DocumentList(props: Props) {
  const {
    rows,
    duplicates,
    removable,
    renamable,
    areUploaded,
    arrangement,
    onArrange,
    onShown,
    onFocusLost,
  } = props;
  const { t } = useTranslation("orders");
  const choice = useChoice();
  const [toRemove, setToRemove] = useState<readonly ListRow[] | null>(null);
  const shown = arrangeRows(rows, arrangement, duplicates);
  const isChoosable = removable && rows.length > 1;
  const choosable = shown.filter(canBeChosen);
  const chosen = rows.filter(({ key }) => choice.chosen.has(key));

  const isLoaded = rows.every(({ document, upload }) => document ?? upload);
  const [waitsForAll, setWaitsForAll] = useState(false);
  const chooseAll = () => choice.choose(choosable.map(({ key }) => key));
  const handleChooseAll = () => {
    if (isLoaded) return chooseAll();
    onShown(rows.length);
    setWaitsForAll(true);
  };
  useEffect(() => {
    if (!waitsForAll || !isLoaded) return;
    setWaitsForAll(false);
    chooseAll();
  });

  const copyOf = (key: string) => {
    const duplicate = duplicates.get(key);
    return duplicate?.kind === "copy" ? duplicate.filename : null;
  };
  const handleRemoved = () => {
    setToRemove(null);
    choice.reset();
  };

  const wasRemoving = useRef(false);
  useEffect(() => {
    if (wasRemoving.current && !toRemove && document.activeElement === document.body) onFocusLost();
    wasRemoving.current = toRemove !== null;
  }, [toRemove, onFocusLost]);

  return (
    <>
      {removable && (
        <DuplicatesNotice
          duplicates={duplicates}
          onRemove={() => setToRemove(rows.filter(({ key }) => duplicates.has(key)))}
        />
      )}
      {rows.length >= MANY_ROWS && <ListTools arrangement={arrangement} onArrange={onArrange} />}
      {isChoosable && (
        <ChoiceBar
          chosenCount={chosen.length}
          isAll={choosable.length > 0 && choosable.every(({ key }) => choice.chosen.has(key))}
          isLoading={!isLoaded && (waitsForAll || isArranged(arrangement))}
          canUndo={choice.canUndo}
          onChooseAll={handleChooseAll}
          onChooseNone={() => choice.choose([])}
          onUndo={choice.stepBack}
          onRemove={() => setToRemove(chosen)}
        />
      )}
      {shown.length > 0 && (
        <LongList items={shown} onShown={onShown}>
          {(row) => (
            <ListRowContent
              row={row}
              removable={removable}
              renamable={renamable}
              isUploaded={areUploaded}
              copyOf={copyOf(row.key)}
              isChosen={isChoosable && canBeChosen(row) ? choice.chosen.has(row.key) : null}
              onToggle={choice.toggle}
            />
          )}
        </LongList>
      )}
      {rows.length > 0 && shown.length === 0 && <Muted role="status">{t("listTools.none")}</Muted>}
      {toRemove && (
        <Suspense>
          <RemoveDialog rows={toRemove} onClose={() => setToRemove(null)} onRemoved={handleRemoved} />
        </Suspense>
      )}
    </>
  );
}

/** Not while it waits for its document, whose id it is known by from then on. */
function canBeChosen({ document, upload }: ListRow): boolean {
  return Boolean(document ?? upload?.documentId) || (upload !== null && !isRunning(upload));
}
