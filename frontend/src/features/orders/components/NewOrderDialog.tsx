import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { announce } from "@/components/announce";
import { Field } from "@/components/Field";
import { FormDialog } from "@/components/FormDialog";
import { useForm } from "@/components/useForm";
import { anyText } from "@/lib/inputs";
import { routes } from "@/lib/routes";
import { useCreateOrder } from "../useCreateOrder";

const INPUTS = { title: anyText };

export default function NewOrderDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("orders");
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
    <FormDialog title={t("list.new")} onClose={onClose} submitLabel={t("new.submit")} form={form}>
      <Field {...form.field("title")} label={t("new.title")} hint={t("new.hint")} autoFocus />
    </FormDialog>
  );
}
