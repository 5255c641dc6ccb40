// What moves on the pages without the app: the sample, the calculator, and the choice of the language. Without it the
// pages can be read as well.
import { readStorage, storageKeys, writeStorage } from "../lib/storage";
import { calculate } from "./calculator";
import { showSample } from "./sampleViewer";

for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-language]"))
  link.addEventListener("click", () => writeStorage(storageKeys.language, link.hreflang));

// A visitor who reads German goes on in German, also in a browser of another language. English is what everybody gets,
// so that it says nothing about the visitor.
const { lang } = document.documentElement;
for (const link of document.querySelectorAll(".for-guest"))
  link.addEventListener("click", () => {
    if (lang !== "en" && readStorage(storageKeys.language) === null) writeStorage(storageKeys.language, lang);
  });

const sample = document.querySelector<HTMLElement>("[data-sample]");
if (sample) showSample(sample);
const calculator = document.querySelector<HTMLElement>("[data-calculator]");
if (calculator) void calculate(calculator);
