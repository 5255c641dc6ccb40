import { Muted } from "@/components/Muted";

/** The label of a choice, with what it means below it. */
export function ChoiceLabel({ name, text }: { name: string; text: string }) {
  return (
    <>
      {name}{" "}
      <Muted small component="span" sx={{ display: "block" }}>
        {text}
      </Muted>
    </>
  );
}
