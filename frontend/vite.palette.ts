import type { Plugin } from "vite";
import { palette } from "./src/theme/palette.ts";

const NAME = "virtual:palette.css";

/** `import "virtual:palette.css"`: the palette as CSS variables, for both schemes, in the one stylesheet. */
export function paletteAsCss(): Plugin {
  return {
    name: "palette",
    resolveId: (wanted) => (wanted === NAME ? NAME : null),
    load: (wanted) => (wanted === NAME ? css() : null),
  };
}

function css(): string {
  return Object.entries(palette)
    .map(([scheme, colours]) => {
      const variables = Object.entries(colours).map(([name, colour]) => `--${name}: ${colour};`);
      return `html[data-scheme="${scheme}"] { color-scheme: ${scheme}; ${variables.join(" ")} }`;
    })
    .join("\n");
}
