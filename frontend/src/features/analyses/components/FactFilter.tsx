import NativeSelect from "@mui/material/NativeSelect";
import OutlinedInput from "@mui/material/OutlinedInput";
import { memo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Inline } from "@/components/Inline";
import { useShortcut } from "@/components/shortcuts";
import type { FactOrder } from "../factSections";

interface Props {
  query: string;
  order: FactOrder;
  onQuery: (query: string) => void;
  onOrder: (order: FactOrder) => void;
}

/** Below each other on a phone, where half of the width would cut off what they say. */
const FIELD = { flex: { xs: "1 1 100%", sm: "1 1 9rem" } };
const ORDERS: FactOrder[] = ["doubtful", "document"];

/** Search among the facts of a document, and their order. */
export const FactFilter = memo(function FactFilter({ query, order, onQuery, onOrder }: Props) {
  const { t } = useTranslation("analysis");
  const input = useRef<HTMLInputElement>(null);
  useShortcut("/", t("search.label"), () => input.current?.focus());
  return (
    <Inline spacing={1} className="no-print">
      <OutlinedInput
        inputRef={input}
        type="search"
        size="small"
        value={query}
        onChange={(event) => onQuery(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          onQuery("");
          input.current?.blur();
        }}
        placeholder={t("search.label")}
        inputProps={{ "aria-label": t("search.label") }}
        sx={FIELD}
      />
      <NativeSelect
        value={order}
        onChange={(event) => onOrder(event.target.value as FactOrder)}
        inputProps={{ "aria-label": t("order.label") }}
        input={<OutlinedInput size="small" />}
        sx={FIELD}
      >
        {ORDERS.map((option) => (
          <option key={option} value={option}>
            {t(`order.${option}`)}
          </option>
        ))}
      </NativeSelect>
    </Inline>
  );
});
