export type BadgeColor = "success" | "error" | "info" | "warning" | "neutral";

/** A status in one or two words. The text carries the meaning; the color only repeats it. */
export function Badge({ color, children }: { color: BadgeColor; children: string }) {
  return <span className={`badge text-${color}`}>{children}</span>;
}
