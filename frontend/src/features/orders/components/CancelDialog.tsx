import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Modal } from "@/components/Modal";
import { ProblemAlert } from "@/components/ProblemAlert";
import { useOrdersUpdateStatusMutation } from "../api/updateOrderStatus";

/** Asks for confirmation before an order is cancelled, which cannot be undone. */
export default function CancelDialog({ orderId, onClose }: { orderId: string; onClose: () => void }) {
  const { t } = useTranslation("orders");
  const [updateStatus, { error, isLoading }] = useOrdersUpdateStatusMutation();

  async function cancelOrder() {
    const { data } = await updateStatus({ orderId, updateOrderStatusRequest: { status: "cancelled" } });
    if (data) onClose();
  }

  return (
    <Modal
      title={t("cancel.title")}
      onClose={onClose}
      actions={
        <>
          <Button color="neutral" onClick={onClose} autoFocus>
            {t("cancel.keep")}
          </Button>
          <Button color="error" variant="contained" busy={isLoading} onClick={() => void cancelOrder()}>
            {t("cancel.confirm")}
          </Button>
        </>
      }
    >
      <Stack spacing={2}>
        <Typography>{t("cancel.text")}</Typography>
        <ProblemAlert problem={error} />
      </Stack>
    </Modal>
  );
}
