import type { RefObject } from "react";
import { useTranslation } from "react-i18next";
import { useDispatch, useSelector } from "react-redux";
import { Icon } from "@/components/Icon";
import type { OrderStatus } from "@/lib/api/client.generated";
import { searchChanged, selectOrderFilter, statusSelected } from "../slice";

const STATUSES: (OrderStatus | null)[] = [null, "pending", "processing", "completed", "cancelled"];

/** The status filter and the search field of the order list. */
export function OrderFilters({ searchRef }: { searchRef: RefObject<HTMLInputElement | null> }) {
  const { t } = useTranslation("orders");
  const dispatch = useDispatch();
  const { status, search } = useSelector(selectOrderFilter);
  return (
    <div className="row between filters">
      <fieldset className="tabs" aria-label={t("list.filter")}>
        {STATUSES.map((option) => (
          <button
            key={option ?? "all"}
            type="button"
            aria-pressed={status === option}
            onClick={() => dispatch(statusSelected(option))}
          >
            {t(option ? `status.${option}` : "status.all")}
          </button>
        ))}
      </fieldset>
      <label className="search">
        <Icon name="search" />
        <span className="visually-hidden">{t("list.search")}</span>
        <input
          type="search"
          placeholder={t("list.search")}
          value={search}
          ref={searchRef}
          onChange={(event) => dispatch(searchChanged(event.target.value))}
        />
      </label>
    </div>
  );
}
