import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { announce } from "@/components/announce";
import { Button } from "@/components/Button";
import { Modal } from "@/components/Modal";
import { Notice } from "@/components/Notice";
import { PlainList } from "@/components/PlainList";
import { nameOf } from "../arrangeRows";
import type { ListRow } from "../listRows";
import { useRemoveRows } from "../useRemoveRows";

/** The dialog names this many files, and counts the others. */
const MOST_NAMES = 5;

interface Props {
  rows: readonly ListRow[];
  onClose: () => void;
  /** All of them are removed. */
  onRemoved: () => void;
}

/** Asks for confirmation before several files are removed, which cannot be undone. */
export default function RemoveDialog({ rows, onClose, onRemoved }: Props) {
  const { t } = useTranslation("orders");
  const { removeRows, busy } = useRemoveRows();
  // Rows leave the list while they are removed.
  const [remaining, setRemaining] = useState(rows);
  const [hasFailed, setHasFailed] = useState(false);
  const count = remaining.length;

  async function remove() {
    const failed = await removeRows(remaining);
    if (failed.length === 0) {
      announce(t("remove.done", { count: rows.length }));
      onRemoved();
      return;
    }
    setRemaining(failed);
    setHasFailed(true);
  }

  return (
    <Modal
      title={t("remove.title", { count })}
      onClose={onClose}
      actions={
        <>
          <Button color="neutral" onClick={onClose} autoFocus>
            {t("remove.keep")}
          </Button>
          <Button color="error" variant="contained" busy={busy} onClick={() => void remove()}>
            {t("remove.confirm")}
          </Button>
        </>
      }
    >
      <Stack spacing={2}>
        <Typography>{t("remove.text", { count })}</Typography>
        <PlainList>
          {remaining.slice(0, MOST_NAMES).map((row) => (
            <li key={row.key} className="wrap">
              {nameOf(row)}
            </li>
          ))}
          {count > MOST_NAMES && <li>{t("remove.more", { count: count - MOST_NAMES })}</li>}
        </PlainList>
        {hasFailed && <Notice severity="error">{t("remove.failed", { count })}</Notice>}
      </Stack>
    </Modal>
  );
}
