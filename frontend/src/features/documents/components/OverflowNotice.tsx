import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { Button } from "@/components/Button";
import { Inline } from "@/components/Inline";
import { Notice } from "@/components/Notice";
import { ProblemAlert } from "@/components/ProblemAlert";
import { useCreateOrder } from "@/features/orders/useCreateOrder";
import type { OrderResponse } from "@/lib/api/client.generated";
import { useAppSelector } from "@/lib/appState";
import { routes } from "@/lib/routes";
import { LIMITS } from "../uploads/fileRules";
import { selectOverflow } from "../uploads/slice";
import { useUploader } from "../uploads/UploaderContext";
import { LeftOutText } from "./LeftOutText";

/** Shown when more files were selected than the order can hold, with the options for the rest. */
export function OverflowNotice({ order, freeSlots }: { order: OrderResponse; freeSlots: number }) {
  const { t } = useTranslation("orders");
  const { t: tCommon } = useTranslation();
  const uploader = useUploader();
  const navigate = useNavigate();
  const { createOrder, error, busy } = useCreateOrder();
  const overflow = useAppSelector(selectOverflow)[order.id];
  if (!overflow) return null;
  const { waiting } = overflow;
  const addable = Math.min(freeSlots, waiting);
  const dismiss = () => uploader.dropOverflow(order.id);

  async function moveToNewOrder() {
    const { data: newOrder } = await createOrder(order.title ? { title: order.title } : {});
    if (!newOrder) return;
    uploader.moveOverflow(order.id, newOrder.id);
    void navigate(routes.order(newOrder.id));
  }

  if (waiting === 0) {
    const close = (
      <Button size="small" color="neutral" onClick={dismiss}>
        {tCommon("close")}
      </Button>
    );
    return (
      <Notice severity="info" action={close}>
        <LeftOutText leftOut={overflow} />
      </Notice>
    );
  }
  return (
    <Notice severity="warning">
      <Stack spacing={0.75}>
        <Typography>
          {t("overflow.text", { count: waiting, ...LIMITS })}{" "}
          {t(freeSlots > 0 ? "overflow.room" : "overflow.full", { count: freeSlots })}{" "}
          <LeftOutText leftOut={overflow} />
        </Typography>
        <Inline>
          {addable > 0 && (
            <Button size="small" variant="outlined" onClick={() => uploader.addOverflow(order.id, freeSlots)}>
              {t("overflow.addFirst", { count: addable })}
            </Button>
          )}
          <Button size="small" variant="outlined" busy={busy} onClick={() => void moveToNewOrder()}>
            {t("overflow.newOrder")}
          </Button>
          <Button size="small" color="neutral" onClick={dismiss}>
            {t("overflow.drop")}
          </Button>
        </Inline>
        <ProblemAlert problem={error} />
      </Stack>
    </Notice>
  );
}
