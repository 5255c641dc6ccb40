import { routes } from "../lib/routes.ts";
import { type Html, html } from "./html.ts";
import type { Assets } from "./layout.ts";
import type { FrontLanguage } from "./pages.ts";
import { sampleSection } from "./sample.ts";
import { where } from "./section.ts";
import type { Texts } from "./texts/en.ts";

/** The content of the first page. */
export function landing(texts: Texts, language: FrontLanguage, assets: Assets): Html {
  return html`
    <section class="hero">
      <div>
        <h1>${texts.landing.headline}</h1>
        <p class="lead">${texts.landing.lead}</p>
        <p class="actions">
          <a class="button for-guest" href="${routes.register}">${texts.register}</a>
          <a class="button for-member" href="${routes.orders}">${texts.yourOrders}</a>
          <a class="button quiet" href="${routes.samples}">${texts.landing.samples}</a>
          <a class="button quiet" href="#sample">${texts.landing.try}</a>
        </p>
        <p class="muted">${texts.landing.priceFirst}</p>
      </div>
      <img class="evidence" src="/evidence.svg" alt="${texts.landing.picture}" width="400" height="400" />
    </section>
    ${sampleSection(texts, language, assets)}
    <section>
      <h2>${texts.steps.title}</h2>
      <ol class="steps">
        ${texts.steps.list.map((step) => html`<li><h3>${step.title}</h3><p>${step.text}</p></li>`)}
      </ol>
    </section>
    ${priceSection(texts, language)}
    <section>
      <h2>${texts.documents.title}</h2>
      <p>${texts.documents.text}</p>
      <dl class="rules">
        ${texts.documents.list.map(({ title, text, needs }) =>
          where(needs, html`<div><dt>${title}</dt><dd>${text}</dd></div>`),
        )}
      </dl>
      <p class="muted">${texts.documents.backups}</p>
    </section>
    <section>
      <h2>${texts.security.title}</h2>
      <ul class="cards">
        ${texts.security.list.map(({ title, text }) => html`<li><h3>${title}</h3><p>${text}</p></li>`)}
      </ul>
    </section>
    <section>
      <h2>${texts.questions.title}</h2>
      ${texts.questions.list.map(
        ({ question, answer }) => html`<details><summary>${question}</summary><p>${answer}</p></details>`,
      )}
    </section>
  `;
}

function priceSection({ price }: Texts, language: FrontLanguage): Html {
  return html`<section id="price">
      <h2>${price.title}</h2>
      <div class="price">
        <dl class="prices">
          <div><dt>${price.base}</dt><dd data-price="base">{{prices.base.${language}}}</dd></div>
          <div><dt>${price.perPage}</dt><dd data-price="page">{{prices.per_page.${language}}}</dd></div>
        </dl>
        <form class="card calculator" data-calculator hidden>
          <h3>${price.calculator}</h3>
          <label for="pages">${price.pages}</label>
          <input id="pages" type="number" inputmode="numeric" min="0" max="100000" step="1" value="10" />
          <p><span>${price.total}</span> <output for="pages"></output></p>
        </form>
      </div>
      <p>${price.text}</p>
    </section>`;
}
