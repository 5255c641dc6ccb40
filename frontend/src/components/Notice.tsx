import type { ReactNode } from "react";
import { Icon } from "./Icon";

interface Props {
  tone: "bad" | "warning" | "info" | "good";
  /** What can be done about it. */
  action?: ReactNode;
  children: ReactNode;
}

/** Something to know, where it matters. What went wrong interrupts a screen reader; the rest waits its turn. */
export function Notice({ tone, action, children }: Props) {
  return (
    <div className={`notice notice-${tone}`} role={tone === "bad" ? "alert" : "status"}>
      <Icon name={tone} />
      <div className="notice-text">{children}</div>
      {action && <div className="notice-action">{action}</div>}
    </div>
  );
}
