import Box from "@mui/material/Box";
import ListItemButton from "@mui/material/ListItemButton";
import Typography from "@mui/material/Typography";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Inline } from "@/components/Inline";
import { Muted } from "@/components/Muted";
import type { OrderResponse } from "@/lib/api/client.generated";
import { formatDate, formatMoney } from "@/lib/format";
import { routes } from "@/lib/routes";
import { orderTitle } from "../orderTitle";
import { OrderBadge } from "./OrderBadge";
import { OrderNote } from "./OrderNote";
import { SampleBadge } from "./SampleBadge";

/** An order of the list: one line on a wide screen, two on a telephone. */
export function OrderRow({ order }: { order: OrderResponse }) {
  const { t } = useTranslation("orders");
  return (
    <ListItemButton
      component={Link}
      to={routes.order(order.id)}
      sx={{
        display: "grid",
        gridTemplateColumns: { xs: "minmax(0, 1fr) auto", sm: "minmax(0, 1fr) 150px 110px 120px" },
        gridTemplateAreas: { xs: '"title price" "badge date"', sm: '"title badge price date"' },
        gap: { xs: 1, sm: 2 },
        alignItems: "center",
        py: 2,
        px: { xs: 2, sm: 2.75 },
        "&:focus-visible": { outlineOffset: -3 },
      }}
    >
      <Box component="span" sx={{ gridArea: "title" }}>
        <Typography
          component="span"
          className="wrap"
          sx={{
            display: "-webkit-box",
            WebkitLineClamp: 2,
            WebkitBoxOrient: "vertical",
            overflow: "hidden",
            fontWeight: 600,
          }}
        >
          {orderTitle(order, t)}
        </Typography>
        <OrderNote order={order} />
      </Box>
      <Inline component="span" spacing={0.75} sx={{ gridArea: "badge" }}>
        <OrderBadge order={order} />
        <SampleBadge order={order} />
      </Inline>
      <Box component="span" className="number" sx={{ gridArea: "price", fontWeight: 600 }}>
        {order.quote ? formatMoney(order.quote.amount, order.quote.currency) : ""}
      </Box>
      <Muted
        small
        component="span"
        sx={{ gridArea: "date", textAlign: "right", fontVariantNumeric: "tabular-nums" }}
      >
        {formatDate(order.created_at)}
      </Muted>
    </ListItemButton>
  );
}
