import Chip from "@mui/material/Chip";
import Typography from "@mui/material/Typography";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Inline } from "@/components/Inline";
import { useOrdersGetQuery } from "@/features/orders/api/getOrder";
import { orderTitle } from "@/features/orders/orderTitle";
import type { DuplicateOfResponse } from "@/lib/api/client.generated";
import { documentName } from "@/lib/documentName";
import { routes } from "@/lib/routes";
import { useDocumentsGetQuery } from "../api/getDocument";

/** Shows that a document costs nothing, and leads to the order with the document that the customer has paid for. */
export function DuplicateNote({ duplicateOf }: { duplicateOf: DuplicateOfResponse }) {
  const { t } = useTranslation("orders");
  const { order_id: orderId, document_id: documentId } = duplicateOf;
  const { data: order } = useOrdersGetQuery({ orderId });
  const listed = order?.documents.find(({ id }) => id === documentId);
  const { data: document } = useDocumentsGetQuery({ documentId }, { skip: !order || Boolean(listed) });
  const shown = listed ?? document;
  return (
    <Inline component="span" spacing={1}>
      <Chip
        component={Link}
        to={routes.order(orderId)}
        clickable
        size="small"
        variant="outlined"
        color="success"
        label={t("duplicate.paidIn", { order: order ? orderTitle(order, t) : t("duplicate.order") })}
      />
      <Typography variant="body2" component="span" className="wrap">
        {shown ? t("duplicate.of", { filename: documentName(shown) }) : t("duplicate.free")}
      </Typography>
    </Inline>
  );
}
