import { useTranslation } from "react-i18next";
import { useSelector } from "react-redux";
import { useNavigate } from "react-router";
import { Button } from "@/components/Button";
import { Notice } from "@/components/Notice";
import { ProblemAlert } from "@/components/ProblemAlert";
import { useCreateOrder } from "@/features/orders/useCreateOrder";
import type { OrderView } from "@/lib/api/client.generated";
import { LIMITS } from "../uploads/fileRules";
import { selectOverflow } from "../uploads/slice";
import { useUploader } from "../uploads/UploaderContext";

/** More files were chosen than the order has room for: says so once, and offers what can be done. */
export function OverflowNotice({ order, freeSlots }: { order: OrderView; freeSlots: number }) {
  const { t } = useTranslation("orders");
  const { t: common } = useTranslation();
  const uploader = useUploader();
  const go = useNavigate();
  const { createOrder, error, busy } = useCreateOrder();
  const overflow = useSelector(selectOverflow)[order.id];
  if (!overflow) return null;
  const { waiting, unfit } = overflow;
  const fitting = Math.min(freeSlots, waiting);

  async function toNewOrder() {
    const made = await createOrder(order.title ? { title: order.title } : {});
    if (!made) return;
    uploader.moveOverflow(order.id, made.id);
    void go(`/orders/${made.id}`);
  }

  if (waiting === 0) {
    return (
      <Notice
        severity="info"
        action={<Close onClick={() => uploader.dropOverflow(order.id)} text={common("close")} />}
      >
        {t("overflow.unfit", { count: unfit })}
      </Notice>
    );
  }
  return (
    <Notice severity="warning">
      <div className="stack tight">
        <p>
          {t("overflow.text", { count: waiting, ...LIMITS })}{" "}
          {t(freeSlots > 0 ? "overflow.room" : "overflow.full", { count: freeSlots })}{" "}
          {unfit > 0 && t("overflow.unfit", { count: unfit })}
        </p>
        <div className="row">
          {fitting > 0 && (
            <Button size="small" variant="outlined" onClick={() => uploader.addOverflow(order.id, freeSlots)}>
              {t("overflow.addFirst", { count: fitting })}
            </Button>
          )}
          <Button size="small" variant="outlined" busy={busy} onClick={() => void toNewOrder()}>
            {t("overflow.newOrder")}
          </Button>
          <Button size="small" color="neutral" onClick={() => uploader.dropOverflow(order.id)}>
            {t("overflow.drop")}
          </Button>
        </div>
        <ProblemAlert problem={error} />
      </div>
    </Notice>
  );
}

function Close({ onClick, text }: { onClick: () => void; text: string }) {
  return (
    <Button size="small" color="neutral" onClick={onClick}>
      {text}
    </Button>
  );
}
