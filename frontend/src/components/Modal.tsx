import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import { type FormEvent, type ReactNode, useId } from "react";

interface Props {
  title: string;
  actions: ReactNode;
  onClose: () => void;
  /** Makes it a form. */
  onSubmit?: (event: FormEvent<HTMLFormElement>) => void;
  children: ReactNode;
}

/** A question above the page, which keeps the keyboard until it is answered. */
export function Modal({ title, actions, onClose, onSubmit, children }: Props) {
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
      {onSubmit ? <form onSubmit={onSubmit}>{inside}</form> : inside}
    </Dialog>
  );
}
