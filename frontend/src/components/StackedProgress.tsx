import Box from "@mui/material/Box";

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
    <Box
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={Math.round(reached * 10) / 10}
      aria-valuetext={text}
      sx={{
        display: "flex",
        height: 8,
        borderRadius: 1,
        overflow: "hidden",
        forcedColorAdjust: "none",
        backgroundColor: "color-mix(in srgb, var(--mui-palette-primary-main) 20%, transparent)",
        "@media print": { display: "none" },
      }}
    >
      {parts.map(({ color, amount }) => (
        <Box
          key={color}
          style={{ width: `${(100 * amount) / total}%` }}
          sx={{ backgroundColor: `${color}.main`, transition: "width 0.3s" }}
        />
      ))}
    </Box>
  );
}
