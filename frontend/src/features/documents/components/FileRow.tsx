import Box from "@mui/material/Box";
import Checkbox from "@mui/material/Checkbox";
import Stack from "@mui/material/Stack";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Inline } from "@/components/Inline";
import { FileTypeIcon } from "./FileTypeIcon";

/** Whether the row is chosen, to be removed with others. */
export interface RowChoice {
  isChosen: boolean;
  onToggle: () => void;
}

interface Props {
  filename: string;
  /** What it is called; without it, its filename. */
  name?: string;
  /** Behind the name. */
  nameAction?: ReactNode;
  /** What is said about the file, line by line. */
  lines: ReactNode;
  actions: ReactNode;
  /** Null: the row cannot be chosen. */
  choice?: RowChoice | null;
  /** What needs the whole width, below. */
  children?: ReactNode;
}

/**
 * A file of the list: its type, its name, its buttons, and what is said about it. On a wide screen the buttons are beside
 * the name, and the lines below have the whole width: the reason why a file cannot be read is a sentence or two.
 */
export function FileRow({ filename, name = filename, nameAction, lines, actions, choice, children }: Props) {
  const { t } = useTranslation("orders");
  const first = choice ? "30px " : "";
  const leading = choice ? "choice icon " : "icon ";
  const row = (areas: string) => `"${leading}${areas}"`;
  return (
    <Box
      sx={{
        display: "grid",
        gridTemplateColumns: {
          xs: `${first}36px minmax(0, 1fr)`,
          sm: `${first}40px minmax(0, 1fr) auto`,
        },
        gridTemplateAreas: {
          xs: [row("name"), row("lines"), row("actions"), row("rest")].join(" "),
          sm: [row("name actions"), row("lines lines"), row("rest rest")].join(" "),
        },
        columnGap: "14px",
        alignItems: "center",
        py: 1.75,
        borderTop: "1px solid",
        borderColor: "divider",
        "li[aria-posinset='1'] > &": { borderTop: 0 },
      }}
    >
      {choice && (
        <Checkbox
          checked={choice.isChosen}
          onChange={choice.onToggle}
          className="no-print"
          slotProps={{ input: { "aria-label": t("choice.row", { name }) } }}
          sx={{ gridArea: "choice", alignSelf: "start", p: 0.75, m: -0.75, mt: 0.25 }}
        />
      )}
      <Box sx={{ gridArea: "icon", alignSelf: "start" }}>
        <FileTypeIcon filename={filename} />
      </Box>
      <Inline spacing={0.5} sx={{ gridArea: "name", flexWrap: "nowrap", minHeight: 40 }}>
        <span className="wrap">{name}</span>
        {nameAction}
      </Inline>
      <Stack spacing={0.75} sx={{ gridArea: "lines" }}>
        {lines}
      </Stack>
      <Inline spacing={0.5} sx={{ gridArea: "actions", mt: { xs: 0.5, sm: 0 }, ml: { xs: -1.5, sm: 0 } }}>
        {actions}
      </Inline>
      {children && <Box sx={{ gridArea: "rest", mt: 0.5 }}>{children}</Box>}
    </Box>
  );
}
