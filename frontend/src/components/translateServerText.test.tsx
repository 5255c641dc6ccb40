import { render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { setLanguage, startI18n } from "@/lib/i18n";
import { useServerText } from "./translateServerText";

afterEach(() => startI18n("en", ["common", "serverText"]));

function ServerText({ text }: { text: string }) {
  return <p>{useServerText()(text)}</p>;
}

test("a sentence with values in it is serverText in German with the same values", async () => {
  await setLanguage("de");
  render(<ServerText text="Net €1,158.70 and tax €220.15 do not make gross €1,300.00." />);

  expect(
    await screen.findByText("Netto €1,158.70 und Steuer €220.15 ergeben nicht Brutto €1,300.00."),
  ).toBeVisible();
});

test("a sentence that nobody has translated is serverText in the service's words", async () => {
  await setLanguage("de");
  render(<ServerText text="The ink has faded." />);

  expect(await screen.findByText("The ink has faded.")).toBeVisible();
});
