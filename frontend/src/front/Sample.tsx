import Box from "@mui/material/Box";
import List from "@mui/material/List";
import Typography from "@mui/material/Typography";
import { Panel } from "../components/Panel.tsx";
import { groupFacts, HIGH_CONFIDENCE } from "../features/analyses/groupFacts.ts";
import de from "../locales/de/analysis.json" with { type: "json" };
import en from "../locales/en/analysis.json" with { type: "json" };
import type { FrontLanguage } from "./pages.ts";
import { SamplePage } from "./SamplePage.tsx";
import generated from "./sample.generated.json" with { type: "json" };
import { Remark, Section, Text } from "./text.tsx";
import type { Texts } from "./texts/en.ts";

/** What the reader found in a sample document: `infra/website/sample.py`. Pages count from 1. */
const sample = generated;
type SampleFact = (typeof sample.facts)[number];

/** As on the page of an analysis. */
const { primary, secondary } = groupFacts(sample);
const labels: Record<FrontLanguage, Record<string, string>> = { en: en.facts, de: de.facts };

/** The fact that is chosen at first. */
const first = primary.find(({ name }) => name === "invoice_number") ?? primary[0];

interface Props {
  texts: Texts["sample"];
  language: FrontLanguage;
  /** The addresses of the images of the pages. */
  images: string[];
}

/** The facts of the sample beside the images of its pages. `sampleViewer.ts` moves the box. */
export function Sample({ texts, language, images }: Props) {
  return (
    <Section id="sample" title={texts.title} data-sample="">
      <Text>{texts.text}</Text>
      <Box
        sx={{
          display: "grid",
          gridTemplateColumns: { xs: "minmax(0, 1fr)", md: "repeat(2, minmax(0, 1fr))" },
          gap: 3,
          alignItems: "start",
        }}
      >
        <Panel component="div">
          <Typography variant="h3">{texts.facts}</Typography>
          <FactList facts={primary} texts={texts} language={language} />
          <Box component="details" className="more" sx={{ "& > summary": { fontSize: "0.9375rem" } }}>
            <summary>{texts.more(secondary.length)}</summary>
            <FactList facts={secondary} texts={texts} language={language} />
          </Box>
          <Remark>
            {texts.items(sample.line_items)} {texts.confidence}
          </Remark>
        </Panel>
        <Box
          sx={{
            // On a telephone the page stays in view while its facts are chosen.
            order: { xs: -1, md: 0 },
            position: "sticky",
            top: { xs: 61, md: 76 },
            py: { xs: 1, md: 0 },
            bgcolor: { xs: "background.default", md: "transparent" },
          }}
        >
          {sample.pages.map((size, index) => (
            <SamplePage
              key={images[index]}
              {...size}
              image={images[index] ?? ""}
              number={index + 1}
              pages={sample.pages.length}
              texts={texts}
              hidden={index + 1 !== first?.page}
            />
          ))}
        </Box>
      </Box>
    </Section>
  );
}

function FactList({ facts, ...rest }: Omit<Props, "images"> & { facts: SampleFact[] }) {
  return (
    <List
      disablePadding
      sx={{
        "--label-width": "150px",
        "& .fact": {
          minHeight: 44,
          fontSize: "0.9375rem",
          lineHeight: 1.5,
          scrollMarginTop: { xs: "calc(30dvh + 130px)", md: 24 },
        },
        "& .fact-aside": { fontVariantNumeric: "tabular-nums" },
        '& [aria-pressed="true"] > span': { color: "text.primary" },
      }}
    >
      {facts.map((fact) => (
        <li key={fact.box.join(" ") + fact.name + fact.value}>
          <FactButton fact={fact} {...rest} />
        </li>
      ))}
    </List>
  );
}

function FactButton({ fact, texts, language }: Omit<Props, "images"> & { fact: SampleFact }) {
  const { name, value, page, box, confidence } = fact;
  const percent = new Intl.NumberFormat(language, { style: "percent" });
  const label = labels[language][name] ?? name;
  return (
    <button
      type="button"
      className="fact"
      disabled
      aria-pressed="false"
      data-box={box.join(" ")}
      data-on-page={page}
      data-label={texts.marked(label)}
      data-first={fact === first ? "" : undefined}
    >
      <span className="fact-name">{label}</span>
      <span className="fact-value">{value}</span>
      <span className="fact-aside">{confidence < HIGH_CONFIDENCE && percent.format(confidence)}</span>
    </button>
  );
}
