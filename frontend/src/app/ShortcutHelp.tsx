import FormControlLabel from "@mui/material/FormControlLabel";
import Switch from "@mui/material/Switch";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { DefinitionList } from "@/components/DefinitionList";
import { Modal } from "@/components/Modal";
import { Muted } from "@/components/Muted";
import { activeShortcuts, hasSingleKeys, setSingleKeys } from "@/components/shortcuts";
import { Keys } from "./Keys";

/** The shortcuts of the open page, and the switch that turns them off. The bar has a button that opens it without a key. */
export default function ShortcutHelp({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [isOn, setIsOn] = useState(hasSingleKeys);

  function turn(on: boolean) {
    setSingleKeys(on);
    setIsOn(on);
  }

  return (
    <Modal
      title={t("keys.title")}
      onClose={onClose}
      actions={
        <Button onClick={onClose} autoFocus>
          {t("close")}
        </Button>
      }
    >
      <FormControlLabel
        control={<Switch checked={isOn} onChange={(event) => turn(event.target.checked)} />}
        label={t("keys.single")}
        sx={{ mb: 1 }}
      />
      {isOn ? (
        <DefinitionList
          items={activeShortcuts().map(({ keys, label }) => ({
            id: keys,
            term: <Keys of={keys} />,
            content: label,
          }))}
        />
      ) : (
        <Muted>{t("keys.off")}</Muted>
      )}
    </Modal>
  );
}
