import { useTranslation } from "react-i18next";
import { useProblemMessage } from "@/components/useProblemMessage";
import { LIMITS } from "./uploads/fileRules";
import type { Upload } from "./uploads/slice";

/** Why an upload was refused or failed. A limit of the service has the time or the way to continue. */
export function useUploadReason(): (upload: Upload) => string {
  const { t, i18n } = useTranslation("orders");
  const problemMessage = useProblemMessage();
  return ({ reason, problem }) => {
    if (reason && i18n.exists(`orders:uploads.reasons.${reason}`))
      return t(`uploads.reasons.${reason}` as "uploads.reasons.unexpected", LIMITS);
    return problem ? problemMessage(problem) : t("uploads.reasons.unexpected", LIMITS);
  };
}
