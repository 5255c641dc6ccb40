/**
 * Paper and ink: warm neutral grounds, one blue for what can be done, amber for evidence. The build writes these into
 * the stylesheet as `--accent` and so on, for both schemes; MUI's theme is made of them as well.
 */
export interface Palette {
  bg: string;
  paper: string;
  ink: string;
  soft: string;
  line: string;
  accent: string;
  /** Words on a ground of the accent. */
  "on-accent": string;
  good: string;
  warning: string;
  bad: string;
  info: string;
}

export const palette: Record<"light" | "dark", Palette> = {
  light: {
    bg: "#f6f5f1",
    paper: "#ffffff",
    ink: "#1c1e24",
    soft: "#565a66",
    line: "#dedcd4",
    accent: "#2f4ac0",
    "on-accent": "#ffffff",
    good: "#1b6e45",
    warning: "#8a5200",
    bad: "#b3261e",
    info: "#2b5f8a",
  },
  dark: {
    bg: "#14161b",
    paper: "#1d2027",
    ink: "#eceef4",
    soft: "#b0b5c3",
    line: "#343944",
    accent: "#a9b8ff",
    "on-accent": "#14161b",
    good: "#7fd4a6",
    warning: "#f3bd6b",
    bad: "#ff9d94",
    info: "#93c7ee",
  },
};
