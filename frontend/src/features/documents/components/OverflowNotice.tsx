import { useTranslation } from "react-i18next";
import { useSelector } from "react-redux";
import { useNavigate } from "react-router";
import { Button } from "@/components/Button";
import { Notice } from "@/components/Notice";
import { ProblemAlert } from "@/components/ProblemAlert";
import { useCreateOrder } from "@/features/orders/create";
import type { OrderView } from "@/lib/api/client.generated";
import { LIMITS } from "../uploads/accept";
import { useUploader } from "../uploads/context";
import { selectOverflow } from "../uploads/slice";

/** More files were chosen than the order has room for: says so once, and offers what can be done. */
export function OverflowNotice({ order, roomLeft }: { order: OrderView; roomLeft: number }) {
  const { t } = useTranslation("orders");
  const { t: common } = useTranslation();
  const uploader = useUploader();
  const go = useNavigate();
  const { createOrder, error, busy } = useCreateOrder();
  const overflow = useSelector(selectOverflow)[order.id];
  if (!overflow) return null;
  const { waiting, unfit } = overflow;
  const fitting = Math.min(roomLeft, waiting);

  async function toNewOrder() {
    const made = await createOrder(order.title ? { title: order.title } : {});
    if (!made) return;
    uploader.moveOverflow(order.id, made.id);
    void go(`/orders/${made.id}`);
  }

  if (waiting === 0) {
    return (
      <Notice
        tone="info"
        action={<Close onClick={() => uploader.dropOverflow(order.id)} text={common("close")} />}
      >
        {t("overflow.unfit", { count: unfit })}
      </Notice>
    );
  }
  return (
    <Notice tone="warning">
      <div className="stack tight">
        <p>
          {t("overflow.text", { count: waiting, ...LIMITS })}{" "}
          {t(roomLeft > 0 ? "overflow.room" : "overflow.full", { count: roomLeft })}{" "}
          {unfit > 0 && t("overflow.unfit", { count: unfit })}
        </p>
        <div className="row">
          {fitting > 0 && (
            <Button size="small" look="outlined" onClick={() => uploader.addOverflow(order.id, roomLeft)}>
              {t("overflow.addFirst", { count: fitting })}
            </Button>
          )}
          <Button size="small" look="outlined" busy={busy} onClick={() => void toNewOrder()}>
            {t("overflow.newOrder")}
          </Button>
          <Button size="small" tone="ink" onClick={() => uploader.dropOverflow(order.id)}>
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
    <Button size="small" tone="ink" onClick={onClick}>
      {text}
    </Button>
  );
}
