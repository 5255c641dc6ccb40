import Alert from "@mui/material/Alert";
import type { ReactNode } from "react";
import { Icon } from "./Icon";

interface Props {
  severity: "error" | "warning" | "info" | "success";
  /** A button or link that helps with what the notice reports. */
  action?: ReactNode;
  children: ReactNode;
}

/** A message shown next to what it concerns. Errors interrupt a screen reader (`alert`); others wait (`status`). */
export function Notice({ severity, action, children }: Props) {
  return (
    <Alert
      severity={severity}
      role={severity === "error" ? "alert" : "status"}
      icon={<Icon name={severity} />}
      action={action || undefined}
    >
      {children}
    </Alert>
  );
}
