interface Props {
  label: string;
  /** Between 0 and 1; unknown when left out. */
  done?: number;
}

/** How far something is, or that it is going on. */
export function Progress({ label, done }: Props) {
  return <progress className="progress" aria-label={label} max={1} value={done} />;
}
