import { type Html, html, raw } from "./html.ts";
import type { LegalPage, LegalTexts } from "./legal/legalTexts.ts";
import { paragraph, where } from "./section.ts";

/** The content of a page that names the operator. */
export function legal(page: LegalPage, texts: LegalTexts): Html {
  return html`<article class="legal">
      <h1>${page.title}</h1>
      <p class="lead">${page.description}</p>
      ${operator(texts)}
      ${page.sections.map(
        ({ title, paragraphs }) => html`<section><h2>${title}</h2>${paragraphs.map(paragraph)}</section>`,
      )}
    </article>`;
}

function operator(texts: LegalTexts): Html {
  return html`${raw("{{^operator.name}}")}<p class="card">${texts.noOperator}</p>${raw("{{/operator.name}}")}
      ${where(
        "operator.name",
        html`<address class="card"><strong>{{operator.name}}</strong>
          <span class="lines">{{operator.address}}</span>
          <span>${texts.mail}: <a href="mailto:{{operator.mail}}">{{operator.mail}}</a></span>`,
      )}
      ${where("operator.represented_by", html`<span>${texts.represented}: {{operator.represented_by}}</span>`)}
      ${where("operator.vat_id", html`<span>${texts.vatId}: {{operator.vat_id}}</span>`)}
      ${where("operator.name", html`</address>`)}`;
}
