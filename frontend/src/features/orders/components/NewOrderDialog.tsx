import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { announce } from "@/components/announce";
import { Button } from "@/components/Button";
import { Field } from "@/components/Field";
import { Modal } from "@/components/Modal";
import { ProblemAlert } from "@/components/ProblemAlert";
import { useCreateOrder } from "../useCreateOrder";

export default function NewOrderDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("orders");
  const { t: common } = useTranslation();
  const go = useNavigate();
  const { createOrder, error, busy } = useCreateOrder();

  async function open(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const title = String(new FormData(event.currentTarget).get("title")).trim();
    const order = await createOrder(title ? { title } : {});
    if (!order) return;
    announce(t("list.created"));
    void go(`/orders/${order.id}`);
  }

  return (
    <Modal
      title={t("list.new")}
      onClose={onClose}
      onSubmit={(event) => void open(event)}
      actions={
        <>
          <Button color="neutral" onClick={onClose}>
            {common("close")}
          </Button>
          <Button type="submit" variant="contained" busy={busy}>
            {t("new.submit")}
          </Button>
        </>
      }
    >
      <div className="stack dialog-body">
        <ProblemAlert problem={error} />
        <Field name="title" label={t("new.title")} hint={t("new.hint")} maxLength={200} autoFocus />
      </div>
    </Modal>
  );
}
