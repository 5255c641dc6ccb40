import Stack from "@mui/material/Stack";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { announce } from "@/components/announce";
import { Button } from "@/components/Button";
import { Field } from "@/components/Field";
import { Modal } from "@/components/Modal";
import { ProblemAlert } from "@/components/ProblemAlert";
import { useForm } from "@/components/useForm";
import { anyText } from "@/lib/inputs";
import { routes } from "@/lib/routes";
import { useCreateOrder } from "../useCreateOrder";

const INPUTS = { title: anyText };

export default function NewOrderDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("orders");
  const { t: tCommon } = useTranslation();
  const navigate = useNavigate();
  const { createOrder } = useCreateOrder();
  const form = useForm({
    request: "CreateOrderRequest",
    inputs: INPUTS,
    submit: async (values) => {
      const title = values.title.trim();
      const { data: order, error } = await createOrder(title ? { title } : {});
      if (!order) throw error;
      announce(t("list.created"));
      void navigate(routes.order(order.id));
    },
  });

  return (
    <Modal
      title={t("list.new")}
      onClose={onClose}
      form={form.props}
      actions={
        <>
          <Button color="neutral" onClick={onClose}>
            {tCommon("close")}
          </Button>
          <Button type="submit" variant="contained" busy={form.busy}>
            {t("new.submit")}
          </Button>
        </>
      }
    >
      <Stack spacing={2}>
        <ProblemAlert problem={form.problem} />
        <Field {...form.field("title")} label={t("new.title")} hint={t("new.hint")} autoFocus />
      </Stack>
    </Modal>
  );
}
