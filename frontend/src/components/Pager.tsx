import { useTranslation } from "react-i18next";
import { formatNumber } from "@/lib/format";
import { Button } from "./Button";

interface Props {
  /** What is paged. */
  label: string;
  /** Counted from 0. */
  page: number;
  pageSize: number;
  count: number;
  onPage: (page: number) => void;
}

/** Moves through a list page by page. Nothing is shown for a single page. */
export function Pager({ label, page, pageSize, count, onPage }: Props) {
  const { t } = useTranslation();
  if (count <= pageSize) return null;
  const end = Math.min(count, (page + 1) * pageSize);
  return (
    <nav className="row between no-print" aria-label={label}>
      <Button size="small" variant="outlined" disabled={page === 0} onClick={() => onPage(page - 1)}>
        {t("pager.previous")}
      </Button>
      <span className="muted small" role="status">
        {t("pager.range", {
          first: formatNumber(page * pageSize + 1),
          last: formatNumber(end),
          total: formatNumber(count),
        })}
      </span>
      <Button size="small" variant="outlined" disabled={end === count} onClick={() => onPage(page + 1)}>
        {t("pager.next")}
      </Button>
    </nav>
  );
}
