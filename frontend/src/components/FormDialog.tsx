import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "./Button";
import { Modal } from "./Modal";
import { ProblemAlert } from "./ProblemAlert";
import type { FormState } from "./useForm";

interface Props {
  title: string;
  /** What the fields are for, above them. */
  intro?: string;
  /** The name of the button that sends the form. */
  submitLabel: string;
  form: Pick<FormState<string>, "props" | "problem" | "busy">;
  onClose: () => void;
  /** The fields. */
  children: ReactNode;
}

/** A form of `useForm` in a dialog, with its problem above the fields, and buttons that cancel and send it. */
export function FormDialog({ title, intro, submitLabel, form, onClose, children }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      title={title}
      onClose={onClose}
      form={form.props}
      actions={
        <>
          <Button color="neutral" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button type="submit" variant="contained" busy={form.busy}>
            {submitLabel}
          </Button>
        </>
      }
    >
      <Stack spacing={2}>
        {intro && <Typography>{intro}</Typography>}
        <ProblemAlert problem={form.problem} />
        {children}
      </Stack>
    </Modal>
  );
}
