import Box from "@mui/material/Box";
import { memo, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useDocumentsGetQuery } from "@/features/documents/api/getDocument";
import type { DocumentAnalysisResponse } from "@/lib/api/client.generated";
import { documentName } from "@/lib/documentName";
import { scrollBehavior } from "@/lib/scrollBehavior";
import { useOnScreen } from "@/lib/useOnScreen";
import { isToReview } from "../factSections";
import type { Select } from "../selection";
import { useKindName } from "../useKindName";
import { ThumbnailImage } from "./ThumbnailImage";

interface Props {
  reading: DocumentAnalysisResponse;
  isSelected: boolean;
  onSelect: Select;
}

/** A document: its first page, name and kind, and how many of its facts are to be reviewed. */
export const DocumentRow = memo(function DocumentRow({ reading, isSelected, onSelect }: Props) {
  const { t } = useTranslation("analysis");
  const kindName = useKindName();
  const row = useRef<HTMLButtonElement>(null);
  const { document_id, kind, facts = [], etag, partial } = reading;
  const left = facts.filter(isToReview).length;
  const isReviewed = left === 0 && facts.some(({ doubtful }) => doubtful);

  useEffect(() => {
    if (!isSelected) return;
    // With the next frame, whose layout is needed anyway: here the whole page would be laid out once more.
    const frame = requestAnimationFrame(() => {
      // The list scrolls, and nothing around it.
      const list = row.current?.closest("[data-scrolls]");
      if (!row.current || !list) return;
      const { offsetTop, offsetLeft, offsetHeight, offsetWidth } = row.current;
      list.scrollTo({
        top: offsetTop - (list.clientHeight - offsetHeight) / 2,
        left: offsetLeft - (list.clientWidth - offsetWidth) / 2,
        behavior: scrollBehavior(),
      });
    });
    return () => cancelAnimationFrame(frame);
  }, [isSelected]);

  return (
    <li>
      <button
        ref={row}
        type="button"
        className="document-row"
        aria-current={isSelected || undefined}
        onClick={() => onSelect({ documentId: document_id })}
      >
        <Thumbnail documentId={document_id} />
        <span className="wrap">{documentName(reading)}</span>
        <span className="fact-aside">
          {kindName(kind)}
          {partial && ` · ${t("documents.partial")}`}
        </span>
        {etag && left > 0 && (
          <span className="fact-doubtful">{t("documents.toReview", { count: left })}</span>
        )}
        {etag && isReviewed && <span className="fact-certain">{t("documents.reviewed")}</span>}
      </button>
    </li>
  );
});

/** The first page in small. Its URL is asked for when it is on the screen: an order has hundreds of documents. */
function Thumbnail({ documentId }: { documentId: string }) {
  const place = useRef<HTMLSpanElement>(null);
  const isOnScreen = useOnScreen(place, false);
  const { data } = useDocumentsGetQuery({ documentId }, { skip: !isOnScreen });
  const url = data?.pages[0]?.thumbnail_url;
  return (
    <Box component="span" ref={place} sx={{ display: { xs: "none", md: "block" }, minHeight: 72 }}>
      {url && <ThumbnailImage url={url} />}
    </Box>
  );
}
