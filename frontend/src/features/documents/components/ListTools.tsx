import InputAdornment from "@mui/material/InputAdornment";
import OutlinedInput from "@mui/material/OutlinedInput";
import { useTranslation } from "react-i18next";
import { Icon } from "@/components/Icon";
import { Inline } from "@/components/Inline";
import { SelectField } from "@/components/SelectField";
import { type Arrangement, SHOWN_STATES, type ShownState, SORTS, type Sort } from "../arrangeRows";

interface Props {
  arrangement: Arrangement;
  onArrange: (arrangement: Arrangement) => void;
}

/** What the list shows, by name and state, and in which order. */
export function ListTools({ arrangement, onArrange }: Props) {
  const { t } = useTranslation("orders");
  return (
    <Inline className="no-print">
      <OutlinedInput
        size="small"
        type="search"
        placeholder={t("listTools.search")}
        value={arrangement.search}
        inputProps={{ "aria-label": t("listTools.search") }}
        startAdornment={
          <InputAdornment position="start">
            <Icon name="search" />
          </InputAdornment>
        }
        onChange={(event) => onArrange({ ...arrangement, search: event.target.value })}
        fullWidth
      />
      <SelectField
        label={t("listTools.state")}
        value={arrangement.state}
        onChange={(event) => onArrange({ ...arrangement, state: event.target.value as ShownState })}
      >
        {SHOWN_STATES.map((state) => (
          <option key={state} value={state}>
            {t(`listTools.states.${state}`)}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t("listTools.sort")}
        value={arrangement.sort}
        onChange={(event) => onArrange({ ...arrangement, sort: event.target.value as Sort })}
      >
        {SORTS.map((sort) => (
          <option key={sort} value={sort}>
            {t(`listTools.sorts.${sort}`)}
          </option>
        ))}
      </SelectField>
    </Inline>
  );
}
