import Divider from "@mui/material/Divider";
import ListItemIcon from "@mui/material/ListItemIcon";
import Menu from "@mui/material/Menu";
import MenuItem from "@mui/material/MenuItem";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "@/components/Icon";
import { FORMAT_NAMES, FORMATS, type ReportChoice } from "../choices";

interface Props {
  anchor: HTMLElement;
  /** The id of the button that opened it. */
  labelledBy: string;
  onChoose: (choice: ReportChoice) => void;
  onClose: () => void;
}

/** The formats of a report, and whether doubtful facts are left out of it. */
export default function ReportMenu({ anchor, labelledBy, onChoose, onClose }: Props) {
  const { t } = useTranslation("reports");
  const [omitsDoubtful, setOmitsDoubtful] = useState(false);
  return (
    <Menu
      open
      anchorEl={anchor}
      // Within the landmark of the page, where screen readers look for what belongs to it.
      container={() => anchor.closest("main")}
      // The lock would cut off what is wider than the landmark.
      disableScrollLock
      onClose={onClose}
      className="no-print"
      slotProps={{ list: { "aria-labelledby": labelledBy } }}
    >
      {FORMAT_NAMES.map((name) => (
        <MenuItem
          key={name}
          onClick={() => onChoose({ ...FORMATS[name], doubtful: omitsDoubtful ? "omit" : "mark" })}
        >
          {t(`formats.${name}`)}
        </MenuItem>
      ))}
      <Divider component="li" />
      <MenuItem
        role="menuitemcheckbox"
        aria-checked={omitsDoubtful}
        onClick={() => setOmitsDoubtful(!omitsDoubtful)}
      >
        <ListItemIcon>
          <Icon name={omitsDoubtful ? "checked" : "unchecked"} />
        </ListItemIcon>
        {t("omitDoubtful")}
      </MenuItem>
    </Menu>
  );
}
