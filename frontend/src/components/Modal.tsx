import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import { type ReactNode, useId } from "react";
import type { FormState } from "./useForm";

interface Props {
  title: string;
  actions: ReactNode;
  onClose: () => void;
  /** Makes it a form of `useForm`. */
  form?: FormState<string>["props"];
  children: ReactNode;
}

/** A question above the page, which keeps the keyboard until it is answered. */
export function Modal({ title, actions, onClose, form, children }: Props) {
  const id = useId();
  const inside = (
    <>
      <DialogTitle id={id}>{title}</DialogTitle>
      <DialogContent>{children}</DialogContent>
      <DialogActions>{actions}</DialogActions>
    </>
  );
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs" aria-labelledby={id}>
      {form ? <form {...form}>{inside}</form> : inside}
    </Dialog>
  );
}
