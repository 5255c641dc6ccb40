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
    <div className={`notice notice-${severity}`} role={severity === "error" ? "alert" : "status"}>
      <Icon name={severity} />
      <div className="notice-text">{children}</div>
      {action && <div className="notice-action">{action}</div>}
    </div>
  );
}
