import { useTranslation } from "react-i18next";
import { codeMessage } from "@/lib/codeMessage";

/** `codeMessage`, for components that render again when the language changes. */
export function useCodeMessage(): typeof codeMessage {
  useTranslation("codes");
  return codeMessage;
}
