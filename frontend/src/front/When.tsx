import type { ReactNode } from "react";

interface Props {
  /** The name of a value of a stage; `null` for what every stage has. */
  value: string | null;
  children: ReactNode;
}

/** Markup that a stage without that value does not have: a section, which is filled when the site is published. */
export function When({ value, children }: Props) {
  return value ? section("#", value, children) : children;
}

/** Markup that only a stage without that value has. */
export function Unless({ value, children }: Props & { value: string }) {
  return section("^", value, children);
}

function section(kind: "#" | "^", value: string, children: ReactNode) {
  return (
    <>
      {`{{${kind}${value}}}`}
      {children}
      {`{{/${value}}}`}
    </>
  );
}
