import { groupFacts, HIGH_CONFIDENCE } from "../features/analyses/groupFacts.ts";
import de from "../locales/de/analysis.json" with { type: "json" };
import en from "../locales/en/analysis.json" with { type: "json" };
import { type Html, html } from "./html.ts";
import type { Assets } from "./layout.ts";
import type { FrontLanguage } from "./pages.ts";
import generated from "./sample.generated.json" with { type: "json" };
import type { Texts } from "./texts/en.ts";

type SampleFact = (typeof sample.facts)[number];

/** What the reader found in a sample document: `local/website/sample.py`. Pages count from 1. */
const sample = generated;
/** As on the page of an analysis. */
const { primary, secondary } = groupFacts(sample);
const labels: Record<FrontLanguage, Record<string, string>> = { en: en.facts, de: de.facts };

/** The fact that is chosen at first. */
const FIRST = "invoice_number";

/** The facts of the sample beside the images of its pages. `sampleViewer.ts` moves the box. */
export function sampleSection({ sample: texts }: Texts, language: FrontLanguage, assets: Assets): Html {
  const percent = new Intl.NumberFormat(language, { style: "percent" });
  const labelOf = (name: string) => labels[language][name] ?? name;
  const first = primary.find(({ name }) => name === FIRST) ?? primary[0];
  const listOf = (facts: SampleFact[]) => html`<ul class="facts">
            ${facts.map(
              (fact) => html`<li><button
                type="button" class="fact" disabled aria-pressed="false"
                data-box="${fact.box.join(" ")}" data-on-page="${fact.page}"
                data-label="${texts.marked(labelOf(fact.name))}" ${fact === first && html`data-first`}
                ><span class="fact-name">${labelOf(fact.name)}</span
                ><span class="fact-value">${fact.value}</span
                ><span class="fact-aside">${fact.confidence < HIGH_CONFIDENCE && percent.format(fact.confidence)}</span></button></li>`,
            )}
          </ul>`;
  return html`<section id="sample" data-sample>
      <h2>${texts.title}</h2>
      <p>${texts.text}</p>
      <div class="sample">
        <div class="card">
          <h3>${texts.facts}</h3>
          ${listOf(primary)}
          <details class="more"><summary>${texts.more(secondary.length)}</summary>${listOf(secondary)}</details>
          <p class="muted">${texts.items(sample.line_items)} ${texts.confidence}</p>
        </div>
        <div class="pages">
          ${sample.pages.map(
            (
              { width, height },
              index,
            ) => html`<figure data-page-number="${index + 1}" ${index + 1 !== first?.page && html`hidden`}>
              <div class="page-image" tabindex="0" role="group" aria-label="${texts.page(index + 1, sample.pages.length)}">
                <div class="page-canvas"><img src="${assets.samplePages[index]}" alt="${texts.pageImage(index + 1)}"
                  width="${width}" height="${height}" loading="lazy" decoding="async" />
                <svg viewBox="0 0 1 1" preserveAspectRatio="none" role="img" aria-label="" hidden><rect /></svg></div>
              </div>
              <figcaption>${texts.page(index + 1, sample.pages.length)}</figcaption>
            </figure>`,
          )}
        </div>
      </div>
    </section>`;
}
