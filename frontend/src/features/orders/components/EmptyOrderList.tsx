import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import type { OrderStatus } from "@/lib/api/client.generated";

interface Props {
  searching: boolean;
  status: OrderStatus | null;
  onCreate: () => void;
}

/** Shown when no order matches; without a filter and a search, it offers to create the first order. */
export function EmptyOrderList({ searching, status, onCreate }: Props) {
  const { t } = useTranslation("orders");
  const title = searching ? "list.noMatch" : status ? (`list.none.${status}` as const) : "list.empty";
  return (
    <div className="card empty stack">
      <h2>{t(title)}</h2>
      {!searching && !status && (
        <>
          <p className="muted">{t("list.emptyText")}</p>
          <div>
            <Button variant="contained" onClick={onCreate}>
              {t("list.first")}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}
