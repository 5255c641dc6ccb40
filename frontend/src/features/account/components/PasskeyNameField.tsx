import { useTranslation } from "react-i18next";
import { Field } from "@/components/Field";
import type { FormState } from "@/components/useForm";

/** The name of a passkey, in a form. */
export function PasskeyNameField({ form }: { form: FormState<"name"> }) {
  const { t } = useTranslation("account");
  return <Field {...form.field("name")} label={t("passkeys.name")} hint={t("passkeys.nameHint")} autoFocus />;
}
