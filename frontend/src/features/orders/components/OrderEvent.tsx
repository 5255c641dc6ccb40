import Box from "@mui/material/Box";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { useTranslation } from "react-i18next";
import { Muted } from "@/components/Muted";
import type { EventResponse } from "@/lib/api/client.generated";
import { formatDateTime, formatMoney } from "@/lib/format";

/** One entry of the audit trail, with the document or the amount that it is about. */
export function OrderEvent({ event: { what, at, facts } }: { event: EventResponse }) {
  const { t, i18n } = useTranslation("orders");
  const { filename, title, amount, currency, api_key_id: keyId } = facts;
  const name = i18n.exists(`orders:events.${what}`)
    ? t(`events.${what}` as "events.opened")
    : what.replaceAll("_", " ");
  return (
    <Box
      component="li"
      sx={{
        position: "relative",
        pl: 3.25,
        "&::before": {
          content: '""',
          position: "absolute",
          left: 0,
          top: 6,
          width: 11,
          height: 11,
          borderRadius: 99,
          border: "2px solid",
          borderColor: "text.secondary",
          bgcolor: "divider",
        },
      }}
    >
      <Stack>
        <span>{name}</span>
        {filename !== undefined && (
          <Typography variant="body2" component="span" className="wrap">
            {filename}
          </Typography>
        )}
        {typeof title === "string" && title !== "" && (
          <Typography variant="body2" component="span" className="wrap">
            {t("renamedTo", { title })}
          </Typography>
        )}
        {typeof amount === "number" && typeof currency === "string" && (
          <Typography variant="body2" component="span">
            {formatMoney(amount, currency)}
          </Typography>
        )}
        {typeof keyId === "string" && (
          <Muted small component="span" className="wrap">
            {t("byApiKey", { id: keyId })}
          </Muted>
        )}
        <Muted small component="time" dateTime={at}>
          {formatDateTime(at)}
        </Muted>
      </Stack>
    </Box>
  );
}
