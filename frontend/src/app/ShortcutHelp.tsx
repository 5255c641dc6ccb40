import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Modal } from "@/components/Modal";
import { activeShortcuts } from "@/components/shortcuts";

export default function ShortcutHelp({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
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
      <dl className="keys">
        {activeShortcuts().map(({ keys, label }) => (
          <div className="key" key={keys}>
            <dt>
              {keys.split(" ").map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{label}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
