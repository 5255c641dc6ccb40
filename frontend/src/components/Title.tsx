/** The page's name in the browser's tab; React hoists it into the head. */
export function Title({ of }: { of: string }) {
  return <title>{`${of} · Docket`}</title>;
}
