interface Props {
  label: string;
  /** The progress in words. */
  text: string;
  total: number;
  /** Amounts that together are at most `total`. */
  parts: { color: "success" | "error" | "primary"; amount: number }[];
}

/** One bar with several amounts of one total. Its text names them; the colors only repeat it. */
export function StackedProgress({ label, text, total, parts }: Props) {
  const reached = parts.reduce((sum, { amount }) => sum + amount, 0);
  return (
    <div
      className="stacked-progress"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={Math.round(reached * 10) / 10}
      aria-valuetext={text}
    >
      {parts.map(({ color, amount }) => (
        <span key={color} className={color} style={{ width: `${(100 * amount) / total}%` }} />
      ))}
    </div>
  );
}
