import type { ReactElement } from "react";
import { Action, Actions } from "./Action.tsx";
import { Article } from "./Article.tsx";
import type { Assets } from "./Head.tsx";
import { Landing } from "./Landing.tsx";
import { Legal } from "./Legal.tsx";
import { de as legalDe } from "./legal/de.ts";
import { en as legalEn } from "./legal/en.ts";
import { Page } from "./Page.tsx";
import { FRONT_PAGES, type FrontLanguage, type FrontPage, fileOf, LANGUAGES, pathOf } from "./pages.ts";
import { type StaticMarkup, staticMarkup } from "./staticMarkup.tsx";
import { de } from "./texts/de.ts";
import { en } from "./texts/en.ts";

const TEXTS = { en, de };
const LEGAL = { en: legalEn, de: legalDe };

/** All pages without the app, by the names of their files, with placeholders for the values of a stage. */
export function renderPages(assets: Assets): StaticMarkup {
  const pages: Record<string, ReactElement> = {};
  for (const language of LANGUAGES) {
    for (const page of FRONT_PAGES) pages[fileOf(page, language)] = pageOf(page, language, assets);
    pages[fileOf("404", language)] = notFound(language, assets);
  }
  return staticMarkup(pages);
}

function pageOf(page: FrontPage, language: FrontLanguage, assets: Assets): ReactElement {
  const texts = TEXTS[language];
  const frame = { page, language, texts, assets };
  if (page === "landing")
    return (
      <Page {...frame} title={texts.landing.title} description={texts.landing.description}>
        <Landing texts={texts} language={language} samplePages={assets.samplePages} />
      </Page>
    );
  const legalPage = LEGAL[language][page];
  return (
    <Page {...frame} title={`${legalPage.title} · Docket`} description={legalPage.description}>
      <Legal page={legalPage} texts={LEGAL[language]} />
    </Page>
  );
}

function notFound(language: FrontLanguage, assets: Assets): ReactElement {
  const texts = TEXTS[language];
  const { title, text, back } = texts.notFound;
  return (
    <Page
      page="404"
      language={language}
      texts={texts}
      assets={assets}
      title={`${title} · Docket`}
      description={text}
    >
      <Article title={title} lead={text}>
        <Actions>
          <Action isMain href={pathOf("landing", language)}>
            {back}
          </Action>
        </Actions>
      </Article>
    </Page>
  );
}
