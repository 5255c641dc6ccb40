import InputAdornment from "@mui/material/InputAdornment";
import OutlinedInput from "@mui/material/OutlinedInput";
import ToggleButton from "@mui/material/ToggleButton";
import ToggleButtonGroup from "@mui/material/ToggleButtonGroup";
import type { RefObject } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "@/components/Icon";
import { Inline } from "@/components/Inline";
import type { OrderStatus } from "@/lib/api/client.generated";
import { useAppDispatch, useAppSelector } from "@/lib/appState";
import { searchChanged, selectOrderFilter, statusSelected } from "../slice";

const STATUSES: (OrderStatus | null)[] = [null, "pending", "processing", "completed", "cancelled"];

/** The status filter and the search field of the order list. */
export function OrderFilters({ searchRef }: { searchRef: RefObject<HTMLInputElement | null> }) {
  const { t } = useTranslation("orders");
  const dispatch = useAppDispatch();
  const { status, search } = useAppSelector(selectOrderFilter);
  return (
    <Inline between>
      <ToggleButtonGroup
        aria-label={t("list.filter")}
        sx={{ overflowX: "auto", p: "4px", m: "-4px", minWidth: 0, maxWidth: "calc(100% + 8px)" }}
      >
        {STATUSES.map((option) => (
          <ToggleButton
            key={option ?? "all"}
            value={option ?? "all"}
            selected={status === option}
            onClick={() => dispatch(statusSelected(option))}
          >
            {t(option ? `status.${option}` : "status.all")}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <OutlinedInput
        size="small"
        type="search"
        placeholder={t("list.search")}
        value={search}
        inputRef={searchRef}
        inputProps={{ "aria-label": t("list.search") }}
        startAdornment={
          <InputAdornment position="start">
            <Icon name="search" />
          </InputAdornment>
        }
        onChange={(event) => dispatch(searchChanged(event.target.value))}
        sx={{ width: { xs: "100%", sm: 260 } }}
      />
    </Inline>
  );
}
