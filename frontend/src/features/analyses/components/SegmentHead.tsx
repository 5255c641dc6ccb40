import Typography from "@mui/material/Typography";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Inline } from "@/components/Inline";
import { Muted } from "@/components/Muted";
import type { SegmentResponse } from "@/lib/api/client.generated";
import { headlineIn } from "@/lib/headline";
import type { Select } from "../selection";
import { useKindName } from "../useKindName";

interface Props {
  id: string;
  number: number;
  segment: SegmentResponse;
  documentId: string;
  onSelect: Select;
}

/** The number, the kind and the pages of a document in a file, and a button that shows its first page. */
export const SegmentHead = memo(function SegmentHead(props: Props) {
  const { id, number, segment, documentId, onSelect } = props;
  const { t } = useTranslation("analysis");
  const kindName = useKindName();
  const { kind, first_page, last_page, title } = segment;
  const headline = headlineIn(kindName(kind), segment);
  const pages =
    first_page === last_page
      ? t("segment.page", { page: first_page })
      : t("segment.pages", { first: first_page, last: last_page });
  return (
    <>
      <Inline between>
        <Typography variant="h3" id={id}>
          {t("segment.title", { number, kind: kindName(kind), pages })}
        </Typography>
        <Button size="small" aria-describedby={id} onClick={() => onSelect({ documentId, page: first_page })}>
          {t("segment.open")}
        </Button>
      </Inline>
      {title && <Muted className="wrap">{title}</Muted>}
      {headline && <Typography className="wrap">{headline}</Typography>}
    </>
  );
});
