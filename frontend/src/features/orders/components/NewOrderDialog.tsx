import Stack from "@mui/material/Stack";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { announce } from "@/components/announce";
import { Button } from "@/components/Button";
import { Field } from "@/components/Field";
import { Modal } from "@/components/Modal";
import { ProblemAlert } from "@/components/ProblemAlert";
import { maxLengths } from "@/lib/api/maxLengths.generated";
import { routes } from "@/lib/routes";
import { useCreateOrder } from "../useCreateOrder";

export default function NewOrderDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("orders");
  const { t: tCommon } = useTranslation();
  const navigate = useNavigate();
  const { createOrder, error, busy } = useCreateOrder();

  async function handleSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const title = String(new FormData(event.currentTarget).get("title")).trim();
    const order = await createOrder(title ? { title } : {});
    if (!order) return;
    announce(t("list.created"));
    void navigate(routes.order(order.id));
  }

  return (
    <Modal
      title={t("list.new")}
      onClose={onClose}
      onSubmit={(event) => void handleSubmit(event)}
      actions={
        <>
          <Button color="neutral" onClick={onClose}>
            {tCommon("close")}
          </Button>
          <Button type="submit" variant="contained" busy={busy}>
            {t("new.submit")}
          </Button>
        </>
      }
    >
      <Stack spacing={2}>
        <ProblemAlert problem={error} />
        <Field
          name="title"
          label={t("new.title")}
          hint={t("new.hint")}
          maxLength={maxLengths.CreateOrderRequest.title}
          autoFocus
        />
      </Stack>
    </Modal>
  );
}
