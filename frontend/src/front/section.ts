import { type Html, html, raw } from "./html.ts";

/** Markup that a stage without that value does not have. */
export function where(value: string | null, content: Html): Html {
  return value ? html`${raw(`{{#${value}}}`)}${content}${raw(`{{/${value}}}`)}` : content;
}

/** A paragraph. One that is a conditional text as a whole is left out as a whole. */
export function paragraph(text: string): Html {
  const conditional = /^\{\{#([\w.]+)\}\}(.*)\{\{\/\1\}\}$/.exec(text);
  return conditional ? where(conditional[1] ?? null, html`<p>${conditional[2]}</p>`) : html`<p>${text}</p>`;
}
