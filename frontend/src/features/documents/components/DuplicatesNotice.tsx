import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Notice } from "@/components/Notice";
import { formatList } from "@/lib/format";
import type { Duplicate } from "../duplicates";

interface Props {
  duplicates: ReadonlyMap<string, Duplicate>;
  onRemove: () => void;
}

/** How many documents of the order are duplicates, before it is paid, and the button that removes all of them. */
export function DuplicatesNotice({ duplicates, onRemove }: Props) {
  const { t } = useTranslation("orders");
  if (duplicates.size === 0) return null;
  const paidCount = [...duplicates.values()].filter(({ kind }) => kind === "paid").length;
  const copyCount = duplicates.size - paidCount;
  const kinds = [
    paidCount > 0 && t("duplicates.paid", { count: paidCount }),
    copyCount > 0 && t("duplicates.copies", { count: copyCount }),
  ].filter((kind) => kind !== false);
  return (
    <Notice
      severity="info"
      action={
        <Button size="small" color="neutral" onClick={onRemove}>
          {t("duplicates.remove", { count: duplicates.size })}
        </Button>
      }
    >
      {formatList(kinds)}
    </Notice>
  );
}
