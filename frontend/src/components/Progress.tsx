import LinearProgress from "@mui/material/LinearProgress";

/** Shows that work is in progress. */
export function Progress({ label }: { label: string }) {
  return <LinearProgress aria-label={label} />;
}
