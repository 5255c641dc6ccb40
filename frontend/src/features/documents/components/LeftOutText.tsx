import { useTranslation } from "react-i18next";
import { formatList } from "@/lib/format";
import type { LeftOut } from "../uploads/slice";

/** So many files are named, and the others are counted. */
const MOST_NAMES = 5;

/** Which files of a folder were left out, and why. */
export function LeftOutText({ leftOut: { unsupported, system } }: { leftOut: LeftOut }) {
  const { t } = useTranslation("orders");
  const listed = (names: string[]) => {
    const unique = [...new Set(names)];
    const restCount = unique.length - MOST_NAMES;
    const rest = restCount > 0 ? [t("overflow.more", { count: restCount })] : [];
    return formatList([...unique.slice(0, MOST_NAMES), ...rest]);
  };
  return (
    <>
      {unsupported.length > 0 &&
        t("overflow.skipped", { count: unsupported.length, names: listed(unsupported) })}{" "}
      {system.length > 0 && t("overflow.system", { names: listed(system) })}
    </>
  );
}
