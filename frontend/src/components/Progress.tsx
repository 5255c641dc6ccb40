interface Props {
  label: string;
  /** Between 0 and 1. Without it, the bar shows that work is in progress. */
  value?: number;
}

export function Progress({ label, value }: Props) {
  return <progress className="progress" aria-label={label} max={1} value={value} />;
}
