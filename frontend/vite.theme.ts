import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import CssBaseline from "@mui/material/CssBaseline";
import { ThemeProvider } from "@mui/material/styles";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import type { Plugin } from "vite";
import { baseline } from "./src/theme/baseline.ts";
import { theme } from "./src/theme/theme.ts";

const NAME = "virtual:theme.css";
const FIGTREE = "@fontsource-variable/figtree";
/** The font of nearly every character here. The first paint does not wait for it. */
const LATIN = "figtree-latin-wght-normal";

interface Rules {
  [selector: string]: Rules | string | number;
}

type Scheme = "light" | "dark";

/**
 * `import "virtual:theme.css"`: the font, the CSS variables of the theme for both color schemes, and the baseline, in the
 * one stylesheet.
 */
export function themeAsCss(): Plugin {
  return {
    name: "theme",
    resolveId: (wanted) => (wanted === NAME ? NAME : null),
    load: (wanted) =>
      wanted === NAME
        ? [
            fontFaces(),
            ...theme.generateStyleSheets().map((sheet) => css(sheet as Rules)),
            baselineAsCss(theme),
          ].join("\n")
        : null,
  };
}

/** A stylesheet with the baseline and the variables that the two use, for pages without the app. */
export function withTheme(of: typeof theme, style: string): string {
  const whole = baselineAsCss(of) + style;
  const [light, dark] = [usedVariables(whole, "light"), usedVariables(whole, "dark")];
  return `:root { color-scheme: light; ${light} }
@media not print {
  [data-scheme="dark"] { color-scheme: dark; ${dark} }
  @media (prefers-color-scheme: dark) { :root:not([data-scheme]) { color-scheme: dark; ${dark} } }
}
${whole}`;
}

/** Material UI's baseline with the site's. */
function baselineAsCss(of: typeof theme): string {
  const components = { ...of.components, MuiCssBaseline: { styleOverrides: baseline } };
  const element = createElement(
    ThemeProvider,
    { theme: { ...of, components }, disableStyleSheetGeneration: true },
    createElement(CssBaseline),
  );
  return renderToStaticMarkup(element).replaceAll(/<\/?style[^>]*>/g, "");
}

/** The two fonts of Latin letters as their package declares them. */
function fontFaces(): string {
  const declared = readFileSync(
    fileURLToPath(new URL(`./node_modules/${FIGTREE}/wght.css`, import.meta.url)),
    "utf8",
  );
  return declared
    .replaceAll("url(./", `url(${FIGTREE}/`)
    .split(/(?=\/\*)/)
    .map((face) => (face.includes(`/* ${LATIN} `) ? face.replace("swap", "optional") : face))
    .join("");
}

/** The variables that a stylesheet names, with their values in a color scheme. */
function usedVariables(style: string, scheme: Scheme): string {
  const values = Object.assign(
    {},
    ...theme
      .generateStyleSheets()
      .flatMap((sheet) => Object.entries(sheet as Rules))
      .filter(([selector]) => selector.startsWith(":root") || selector.includes(scheme))
      .map(([, rules]) => rules),
  ) as Record<string, string | number>;
  const names = new Set(namesIn(style));
  // The value of a variable can name others. A set yields what is added meanwhile.
  for (const name of names) for (const other of namesIn(`${values[name]}`)) names.add(other);
  return [...names].map((name) => `${name}: ${values[name]};`).join(" ");
}

function namesIn(style: string): string[] {
  return style.match(/(?<=var\()--mui-[\w-]+/g) ?? [];
}

/** Paper is white whatever the screen was. */
function css(rules: Rules): string {
  return Object.entries(rules)
    .map(([selector, content]) => {
      if (typeof content !== "object") return `${hyphenated(selector)}: ${content};`;
      const rule = `${selector} { ${css(content)} }`;
      return selector.includes("dark") ? `@media not print { ${rule} }` : rule;
    })
    .join("\n");
}

function hyphenated(property: string): string {
  return property.startsWith("--")
    ? property
    : property.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
