import type { Plugin } from "vite";
import { type Palette, palette } from "./src/theme/palette.ts";

const NAME = "virtual:palette.css";

/** `import "virtual:palette.css"`: the palette as CSS variables, for both schemes, in the one stylesheet. */
export function paletteAsCss(): Plugin {
  return {
    name: "palette",
    resolveId: (wanted) => (wanted === NAME ? NAME : null),
    load: (wanted) => (wanted === NAME ? css() : null),
  };
}

/** Paper is white whatever the screen was. */
function css(): string {
  return `
    :root { color-scheme: light; ${variables(palette.light)} }
    @media not print { html[data-scheme="dark"] { color-scheme: dark; ${variables(palette.dark)} } }
  `;
}

function variables(colours: Palette): string {
  return Object.entries(colours)
    .map(([name, colour]) => `--${name}: ${colour};`)
    .join(" ");
}
