import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Modal } from "@/components/Modal";
import { ProblemAlert } from "@/components/ProblemAlert";
import { useOrdersUpdateStatusMutation } from "../api";

/** Asks once more before an order is cancelled, which cannot be undone. */
export default function CancelDialog({ orderId, onClose }: { orderId: string; onClose: () => void }) {
  const { t } = useTranslation("orders");
  const [cancel, { error, isLoading }] = useOrdersUpdateStatusMutation();

  async function sure() {
    const { data } = await cancel({ orderId, newStatus: { status: "cancelled" } });
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
          <Button color="error" variant="contained" busy={isLoading} onClick={() => void sure()}>
            {t("cancel.sure")}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p>{t("cancel.text")}</p>
        <ProblemAlert problem={error} />
      </div>
    </Modal>
  );
}
