import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { announce } from "@/components/announce";
import { Field } from "@/components/Field";
import { ProblemAlert } from "@/components/ProblemAlert";
import { useOrdersCreateMutation } from "../api";

export default function NewOrderDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("orders");
  const { t: common } = useTranslation();
  const go = useNavigate();
  const [create, { error, isLoading }] = useOrdersCreateMutation();

  async function open(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const title = String(new FormData(event.currentTarget).get("title")).trim();
    const made = await create({ newOrder: title ? { title } : {} });
    if (!made.data) return;
    announce(t("list.created"));
    void go(`/orders/${made.data.id}`);
  }

  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs" aria-labelledby="new-order">
      <form onSubmit={(event) => void open(event)}>
        <DialogTitle id="new-order">{t("list.new")}</DialogTitle>
        <DialogContent>
          <div className="stack dialog-body">
            <ProblemAlert problem={error} />
            <Field name="title" label={t("new.title")} hint={t("new.hint")} maxLength={200} autoFocus />
          </div>
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{common("close")}</Button>
          <Button type="submit" variant="contained" loading={isLoading}>
            {t("new.submit")}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
