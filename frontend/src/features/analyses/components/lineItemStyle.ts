/** The table of the fields: one style for all of them, because a document has hundreds. */
export const EDITOR = {
  containerType: "inline-size",
  "& table": { width: "100%", borderCollapse: "collapse", fontSize: "0.875rem" },
  "& th": { p: 0.5, fontWeight: 600, textAlign: "start" },
  "& td": { p: 0.25 },
  "& td[role='alert']": { color: "error.main" },
  "& input": {
    boxSizing: "border-box",
    width: "100%",
    minWidth: 56,
    minHeight: 36,
    padding: "4px 6px",
    border: "1px solid",
    borderColor: "text.secondary",
    borderRadius: "6px",
    bgcolor: "background.paper",
    color: "inherit",
    font: "inherit",
    "&[aria-invalid]": { borderColor: "error.main" },
    "&[inputmode='decimal']": { textAlign: "end" },
  },
  "& [data-column='description'] input": { minWidth: 110 },
  // Where there is no room for a table, each row is a card.
  "@container (max-width: 340px)": {
    "& table, & tbody": { display: "block" },
    "& thead": { display: "none" },
    "& tr": {
      display: "grid",
      gridTemplateColumns: "1fr 1fr",
      gap: 0.5,
      position: "relative",
      padding: "8px 44px 8px 8px",
      mb: 1,
      border: "1px solid",
      borderColor: "divider",
      borderRadius: 1,
    },
    "& td::before": { content: "attr(data-label)", fontSize: "0.75rem" },
    "& td[data-column='description'], & td[role='alert']": { gridColumn: "1 / -1" },
    "& td[data-column='remove']": { position: "absolute", inset: "4px 4px auto auto" },
  },
} as const;

/** The outline of a focused cell has room. */
export const SCROLL = { mx: -0.5, px: 0.5, pb: 0.5, overflowX: "auto" } as const;
