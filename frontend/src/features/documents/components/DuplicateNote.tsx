import { useTranslation } from "react-i18next";
import { TextLink } from "@/components/TextLink";
import { useOrdersGetQuery } from "@/features/orders/api/getOrder";
import { orderTitle } from "@/features/orders/orderTitle";
import type { DuplicateOfResponse } from "@/lib/api/client.generated";
import { routes } from "@/lib/routes";
import { useDocumentsGetQuery } from "../api/getDocument";

/** Shows that a document costs nothing, and names the order and the document that the customer has paid for. */
export function DuplicateNote({ duplicateOf }: { duplicateOf: DuplicateOfResponse }) {
  const { t } = useTranslation("orders");
  const { order_id: orderId, document_id: documentId } = duplicateOf;
  const { data: order } = useOrdersGetQuery({ orderId });
  const listed = order?.documents.find(({ id }) => id === documentId);
  const { data: document } = useDocumentsGetQuery({ documentId }, { skip: !order || Boolean(listed) });
  const filename = listed?.filename ?? document?.filename;
  return (
    <span className="small text-success wrap">
      {t("duplicate.free")} {filename ? t("duplicate.of", { filename }) : t("duplicate.ofOrder")}{" "}
      <TextLink to={routes.order(orderId)}>{order ? orderTitle(order, t) : t("duplicate.order")}</TextLink>
    </span>
  );
}
