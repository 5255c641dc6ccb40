import ButtonBase from "@mui/material/ButtonBase";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { PlainList } from "@/components/PlainList";
import type { PageImageResponse } from "@/lib/api/client.generated";
import { ThumbnailImage } from "./ThumbnailImage";

interface Props {
  pages: PageImageResponse[];
  page: number;
  onPage: (page: number) => void;
}

/** The pages in small, one beside the other. */
export const PageThumbnails = memo(function PageThumbnails({ pages, page, onPage }: Props) {
  const { t } = useTranslation("analysis");
  return (
    <PlainList
      direction="row"
      spacing={0.75}
      aria-label={t("viewer.pages")}
      sx={{
        p: 1,
        overflowX: "auto",
        borderTop: "1px solid",
        borderColor: "divider",
        // On a phone, and at 200 % zoom, the page has their room.
        "@media (max-width: 599.95px), (max-height: 599.95px)": { display: "none" },
      }}
    >
      {pages.map(({ number, thumbnail_url }) => (
        <li key={number}>
          <ButtonBase
            aria-current={number === page ? "page" : undefined}
            aria-label={t("viewer.toPage", { page: number })}
            onClick={() => onPage(number)}
            sx={{
              p: 0.4,
              border: "2px solid transparent",
              "&[aria-current]": { borderColor: "evidence.main", forcedColorAdjust: "none" },
            }}
          >
            <ThumbnailImage url={thumbnail_url} />
          </ButtonBase>
        </li>
      ))}
    </PlainList>
  );
});
