import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import type { Texts } from "./texts/en.ts";

interface Props {
  image: string;
  /** In pixels. */
  width: number;
  height: number;
  /** Counts from 1. */
  number: number;
  pages: number;
  texts: Texts["sample"];
  hidden: boolean;
}

/** The image of a page of the sample, with the place for a box. On a telephone it is larger than its frame. */
export function SamplePage({ image, width, height, number, pages, texts, hidden }: Props) {
  return (
    <Box component="figure" data-page-number={number} hidden={hidden} sx={{ m: 0 }}>
      <Box
        className="page-image"
        tabIndex={0}
        role="group"
        aria-label={texts.page(number, pages)}
        sx={{
          // As high as the window allows, before the image is there, too.
          width: { md: `min(100%, (100dvh - 130px) * ${(width / height).toFixed(4)})` },
          height: { xs: "30dvh", md: "auto" },
          mx: "auto",
          overflow: { xs: "auto", md: "hidden" },
          bgcolor: "#fff",
          border: "1px solid var(--divider)",
          borderRadius: "8px",
        }}
      >
        <Box
          sx={{
            position: "relative",
            width: { xs: "200%", md: "auto" },
            "& svg": { position: "absolute", inset: 0, width: "100%", height: "100%" },
          }}
        >
          <Box
            component="img"
            src={image}
            alt={texts.pageImage(number)}
            width={width}
            height={height}
            loading="lazy"
            decoding="async"
            sx={{
              display: "block",
              width: "100%",
              height: "auto",
            }}
          />
          {/* `sampleViewer.ts` shows and names it. */}
          <svg
            viewBox="0 0 1 1"
            preserveAspectRatio="none"
            role="img"
            aria-label={texts.pageImage(number)}
            display="none"
          >
            <rect />
          </svg>
        </Box>
      </Box>
      <Typography
        variant="body2"
        component="figcaption"
        color="textSecondary"
        sx={{ mt: 1, fontSize: "0.875rem", textAlign: "center" }}
      >
        {texts.page(number, pages)}
      </Typography>
    </Box>
  );
}
