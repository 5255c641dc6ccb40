import type { Theme, ThemeOptions } from "@mui/material/styles";

/** A color mixed into the one behind it. */
const tint = (color: string, percent: number) => `color-mix(in srgb, ${color} ${percent}%, transparent)`;

const focusRing = { outline: "3px solid var(--mui-palette-primary-main)", outlineOffset: 2 };

/** How Material UI's components look here: flat, bordered, with room for a finger. */
export const components: ThemeOptions["components"] = {
  MuiAppBar: { defaultProps: { elevation: 0 } },
  MuiButtonBase: {
    defaultProps: { disableRipple: true },
    styleOverrides: {
      root: {
        "&:focus-visible": focusRing,
        "@media print": { "button&, &.MuiButton-root": { display: "none !important" } },
      },
    },
  },
  MuiButton: {
    defaultProps: { disableElevation: true },
    styleOverrides: {
      root: {
        minHeight: 42,
        padding: "5px 18px",
        textAlign: "center",
        variants: [
          { props: { size: "small" }, style: { minHeight: 36, padding: "3px 12px", fontSize: "0.875rem" } },
          { props: { size: "large" }, style: { minHeight: 48, fontSize: "1rem" } },
          { props: { variant: "contained" }, style: { border: "1px solid transparent" } },
        ],
      },
    },
  },
  MuiIconButton: { styleOverrides: { root: { borderRadius: 10, width: 40, height: 40 } } },
  MuiPaper: { defaultProps: { elevation: 0 }, styleOverrides: { root: { backgroundImage: "none" } } },
  MuiCard: {
    defaultProps: { variant: "outlined" },
    styleOverrides: {
      root: {
        borderRadius: 14,
        overflow: "visible",
        "@media print": { border: 0, background: "none", breakInside: "avoid-page" },
      },
    },
  },
  MuiChip: {
    styleOverrides: {
      root: { height: "auto", fontSize: "0.8125rem", fontWeight: 600 },
      label: { paddingBlock: 2 },
    },
  },
  MuiAlert: {
    styleOverrides: {
      root: ({ theme, ownerState }) => {
        const color = paletteOf(theme)[ownerState.severity ?? "success"].main;
        return {
          flexWrap: "wrap",
          alignItems: "center",
          padding: "4px 14px",
          border: `1px solid ${tint(color, 35)}`,
          borderLeft: `4px solid ${color}`,
          color: paletteOf(theme).text.primary,
          backgroundColor: `color-mix(in srgb, ${color} 9%, ${paletteOf(theme).background.paper})`,
          "& .MuiAlert-icon": { color, marginRight: 10 },
        };
      },
      message: { flex: "1 1 13rem", minWidth: 0, fontSize: "0.9375rem", overflowWrap: "anywhere" },
      action: { padding: 0, marginRight: -6 },
    },
  },
  MuiDialog: {
    styleOverrides: {
      paper: { borderRadius: 16, "@media (max-width: 440px)": { margin: 16, width: "100%" } },
    },
  },
  MuiDialogActions: { styleOverrides: { root: { padding: "8px 20px 20px" } } },
  MuiDialogContent: { styleOverrides: { root: { ".MuiDialogTitle-root + &": { paddingTop: 8 } } } },
  MuiFormHelperText: { styleOverrides: { root: { marginInline: 2 } } },
  MuiLink: { defaultProps: { underline: "always" } },
  MuiLinearProgress: {
    styleOverrides: { root: { height: 6, borderRadius: 4, "@media print": { display: "none" } } },
  },
  MuiOutlinedInput: {
    styleOverrides: {
      root: ({ theme }) => ({ backgroundColor: paletteOf(theme).background.paper }),
      input: { "&:focus-visible": { outline: "none" } },
      notchedOutline: ({ theme }) => ({ borderColor: tint(paletteOf(theme).text.primary, 45) }),
    },
  },
  MuiStack: { defaultProps: { useFlexGap: true } },
  MuiSkeleton: { defaultProps: { variant: "rounded", animation: false } },
  MuiTableCell: {
    styleOverrides: {
      root: ({ theme }) => ({ borderBottomColor: paletteOf(theme).divider, verticalAlign: "top" }),
      head: { fontWeight: 650, lineHeight: 1.4 },
    },
  },
  MuiToggleButton: {
    styleOverrides: {
      root: ({ theme }) => ({
        minHeight: 38,
        padding: "4px 14px",
        border: "1px solid transparent",
        borderRadius: 99,
        fontWeight: 600,
        whiteSpace: "nowrap",
        color: paletteOf(theme).text.secondary,
        "&.Mui-selected": {
          color: paletteOf(theme).text.primary,
          borderColor: paletteOf(theme).evidence.main,
          backgroundColor: paletteOf(theme).evidence.light,
          "&:hover": { backgroundColor: paletteOf(theme).evidence.light },
        },
      }),
    },
  },
  MuiToggleButtonGroup: {
    styleOverrides: {
      // Buttons of their own instead of parts of one.
      root: {
        gap: 4,
        "& .MuiToggleButton-root.MuiToggleButtonGroup-grouped": {
          borderRadius: 99,
          margin: 0,
          borderLeftWidth: 1,
          borderLeftStyle: "solid",
        },
        "& .MuiToggleButton-root.MuiToggleButtonGroup-grouped:not(.Mui-selected)": {
          borderColor: "transparent",
        },
      },
    },
  },
  MuiTooltip: { defaultProps: { arrow: true } },
};

/** The palette as CSS variables. */
function paletteOf(theme: Omit<Theme, "components">) {
  return (theme as Theme).vars.palette;
}
