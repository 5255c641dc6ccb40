import type { Plugin } from "vite";
import { theme } from "./src/theme/theme.ts";

const NAME = "virtual:theme.css";

interface Rules {
  [selector: string]: Rules | string | number;
}

/** `import "virtual:theme.css"`: the CSS variables of the theme, for both color schemes, in the one stylesheet. */
export function themeAsCss(): Plugin {
  return {
    name: "theme",
    resolveId: (wanted) => (wanted === NAME ? NAME : null),
    load: (wanted) =>
      wanted === NAME
        ? theme
            .generateStyleSheets()
            .map((sheet) => css(sheet as Rules))
            .join("\n")
        : null,
  };
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
