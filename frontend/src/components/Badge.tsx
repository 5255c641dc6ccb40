export type Tone = "good" | "bad" | "busy" | "wait" | "off";

/** A state in one or two words; its colour only repeats what the words say. */
export function Badge({ tone, children }: { tone: Tone; children: string }) {
  return <span className={`badge tone-${tone}`}>{children}</span>;
}
