/**
 * The colors of both schemes: warm paper, the blue-black of ink for the bar and the actions, and the amber of a
 * highlighter for evidence: where a value is written on a page, and what is selected.
 */
export const colors = {
  light: {
    background: { default: "#f6f4ee", paper: "#ffffff" },
    text: { primary: "#1c1e24", secondary: "#545a69", disabled: "#7a7f8c" },
    divider: "#dfdbd0",
    primary: { main: "#2b46b8", contrastText: "#ffffff" },
    success: { main: "#1b6e45", contrastText: "#ffffff" },
    warning: { main: "#8a5200", contrastText: "#ffffff" },
    error: { main: "#b3261e", contrastText: "#ffffff" },
    info: { main: "#2b5f8a", contrastText: "#ffffff" },
    ink: { main: "#18203a", contrastText: "#f3f4f9" },
    evidence: { main: "#ffc233", light: "#ffe6a6", dark: "#b35c00", contrastText: "#1c1e24" },
  },
  dark: {
    background: { default: "#14161b", paper: "#1d2027" },
    text: { primary: "#eceef4", secondary: "#b0b5c3", disabled: "#8b909d" },
    divider: "#363b47",
    primary: { main: "#a9b8ff", contrastText: "#14161b" },
    success: { main: "#7fd4a6", contrastText: "#14161b" },
    warning: { main: "#f3bd6b", contrastText: "#14161b" },
    error: { main: "#ff9d94", contrastText: "#14161b" },
    info: { main: "#93c7ee", contrastText: "#14161b" },
    ink: { main: "#0d0f16", contrastText: "#f3f4f9" },
    evidence: { main: "#ffc233", light: "#5c4a1c", dark: "#ffd466", contrastText: "#1c1e24" },
  },
} as const;
