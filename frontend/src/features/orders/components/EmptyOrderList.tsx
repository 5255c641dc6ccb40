import Typography from "@mui/material/Typography";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { ButtonLink } from "@/components/ButtonLink";
import { Inline } from "@/components/Inline";
import { Muted } from "@/components/Muted";
import { Panel } from "@/components/Panel";
import type { OrderStatus } from "@/lib/api/client.generated";
import { routes } from "@/lib/routes";

interface Props {
  searching: boolean;
  status: OrderStatus | null;
  onCreate: () => void;
}

/** Shown when no order matches; without a filter and a search, it offers to create the first order, or to try the samples. */
export function EmptyOrderList({ searching, status, onCreate }: Props) {
  const { t } = useTranslation("orders");
  const title = searching ? "list.noMatch" : status ? (`list.none.${status}` as const) : "list.empty";
  return (
    <Panel component="div" sx={{ textAlign: "center", py: 6 }}>
      <Typography variant="h2">{t(title)}</Typography>
      {!searching && !status && (
        <>
          <Muted>{t("list.emptyText")}</Muted>
          <Inline sx={{ justifyContent: "center" }}>
            <Button variant="contained" onClick={onCreate}>
              {t("list.first")}
            </Button>
            <ButtonLink to={routes.samples} variant="outlined">
              {t("sample.try")}
            </ButtonLink>
          </Inline>
        </>
      )}
    </Panel>
  );
}
