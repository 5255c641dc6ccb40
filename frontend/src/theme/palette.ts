/**
 * The colors of both schemes: warm neutral backgrounds, blue for actions, amber for warnings. The build writes them
 * into the stylesheet as CSS variables (`--primary` and so on), and MUI's theme uses them as well.
 */
export interface Palette {
  background: string;
  surface: string;
  text: string;
  "text-secondary": string;
  divider: string;
  primary: string;
  /** Text on a background of the primary color. */
  "on-primary": string;
  success: string;
  warning: string;
  error: string;
  info: string;
}

export const palette: Record<"light" | "dark", Palette> = {
  light: {
    background: "#f6f5f1",
    surface: "#ffffff",
    text: "#1c1e24",
    "text-secondary": "#565a66",
    divider: "#dedcd4",
    primary: "#2f4ac0",
    "on-primary": "#ffffff",
    success: "#1b6e45",
    warning: "#8a5200",
    error: "#b3261e",
    info: "#2b5f8a",
  },
  dark: {
    background: "#14161b",
    surface: "#1d2027",
    text: "#eceef4",
    "text-secondary": "#b0b5c3",
    divider: "#343944",
    primary: "#a9b8ff",
    "on-primary": "#14161b",
    success: "#7fd4a6",
    warning: "#f3bd6b",
    error: "#ff9d94",
    info: "#93c7ee",
  },
};
