import type { CSSObject, Theme } from "@mui/material/styles";

/**
 * Material UI's baseline as it is here: plain elements, and classes for one purpose. The build writes it into the
 * stylesheets (`vite.theme.ts`), so that the first paint and the pages without the app have it.
 */
export const baseline = ({ typography }: Theme): CSSObject => ({
  // Material UI has `inherit`, which ends at the content of `details`.
  "*, *::before, *::after": { boxSizing: "border-box" },
  a: { color: "var(--primary)" },
  ":focus-visible": { outline: "3px solid var(--primary)", outlineOffset: 2 },
  // app.html paints the name of a page before the page is there.
  ".first-title": { ...typography.h1 },
  // A stroke of the highlighter under the name of a page
  "h1, .first-title": {
    textDecoration: "underline 0.34em var(--mark-soft)",
    textDecorationSkipInk: "none",
    textUnderlineOffset: "-0.16em",
    "@media (forced-colors: active)": { textDecoration: "none" },
  },
  ".visually-hidden": {
    position: "absolute",
    width: 1,
    height: 1,
    overflow: "hidden",
    clipPath: "inset(50%)",
    whiteSpace: "nowrap",
  },
  ".wrap": { overflowWrap: "anywhere" },
  ".number": { fontVariantNumeric: "tabular-nums", whiteSpace: "nowrap", textAlign: "right" },
  "@media print": {
    ".no-print": { display: "none !important" },
    "details:not([open])::details-content": { contentVisibility: "visible", blockSize: "auto" },
  },
});
