import { theme } from "../theme/theme.ts";

const { typography } = theme;

/** The theme of the site with the larger type of pages that are read. */
export const frontTheme: typeof theme = {
  ...theme,
  typography: {
    ...typography,
    h1: {
      ...typography.h1,
      fontSize: "clamp(2rem, 1.3rem + 3vw, 3.25rem)",
      fontWeight: 720,
      lineHeight: 1.15,
      letterSpacing: "-0.025em",
      textWrap: "balance",
    },
    h2: {
      ...typography.h2,
      fontSize: "1.65rem",
      fontWeight: 700,
      lineHeight: 1.25,
      letterSpacing: "-0.015em",
    },
    h3: { ...typography.h3, fontSize: "1.0625rem", lineHeight: 1.6 },
    subtitle1: { ...typography.subtitle1, fontSize: "1.2rem", lineHeight: 1.6 },
    body1: { ...typography.body1, fontSize: "1.0625rem", lineHeight: 1.6 },
    body2: { ...typography.body2, fontSize: "0.9375rem", lineHeight: 1.6 },
  },
};
