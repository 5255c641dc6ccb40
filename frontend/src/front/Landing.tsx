import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { routes } from "../lib/routes.ts";
import { Action, Actions } from "./Action.tsx";
import { Price } from "./Price.tsx";
import type { FrontLanguage } from "./pages.ts";
import { Sample } from "./Sample.tsx";
import { Lead, Remark, Section, Text } from "./text.tsx";
import type { Texts } from "./texts/en.ts";
import { When } from "./When.tsx";

interface Props {
  texts: Texts;
  language: FrontLanguage;
  /** The addresses of the images of the sample's pages. */
  samplePages: string[];
}

/** The content of the first page. */
export function Landing({ texts, language, samplePages }: Props) {
  return (
    <>
      <Hero texts={texts} />
      <Sample texts={texts.sample} language={language} images={samplePages} />
      <Steps {...texts.steps} />
      <Price texts={texts.price} language={language} />
      <Documents {...texts.documents} />
      <Security {...texts.security} />
      <Section title={texts.questions.title}>
        {texts.questions.list.map((item) => (
          <Question key={item.question} {...item} />
        ))}
      </Section>
    </>
  );
}

function Hero({ texts }: { texts: Texts }) {
  return (
    <Box
      component="section"
      sx={{
        display: "grid",
        gridTemplateColumns: { md: "minmax(0, 1fr) 400px" },
        gap: 7,
        alignItems: "center",
        pt: "clamp(40px, 8vh, 88px)",
      }}
    >
      <div>
        <Typography variant="h1">{texts.landing.headline}</Typography>
        <Lead>{texts.landing.lead}</Lead>
        <Actions>
          <Action isMain className="for-guest" href={routes.register}>
            {texts.register}
          </Action>
          <Action isMain className="for-member" href={routes.orders}>
            {texts.yourOrders}
          </Action>
          <Action href={routes.samples}>{texts.landing.samples}</Action>
          <Action href="#sample">{texts.landing.try}</Action>
        </Actions>
        <Remark>{texts.landing.priceFirst}</Remark>
      </div>
      <img className="evidence" src="/evidence.svg" alt={texts.landing.picture} width="400" height="400" />
    </Box>
  );
}

const list = { display: "grid", gap: 3.5, mt: 3, mb: 0, p: 0, listStyle: "none" };

function Steps({ title, list: steps }: Texts["steps"]) {
  return (
    <Section title={title}>
      <Box
        component="ol"
        sx={{
          ...list,
          gridTemplateColumns: "repeat(auto-fit, minmax(min(100%, 190px), 1fr))",
          counterReset: "step",
          "& li": { counterIncrement: "step", pt: 1.5, borderTop: "3px solid var(--mark)" },
          "& h3::before": { content: 'counter(step) ". "' },
        }}
      >
        {steps.map((step) => (
          <Item key={step.title} {...step} />
        ))}
      </Box>
    </Section>
  );
}

function Security({ title, list: items }: Texts["security"]) {
  return (
    <Section title={title}>
      <Box
        component="ul"
        sx={{
          ...list,
          gridTemplateColumns: "repeat(auto-fit, minmax(min(100%, 260px), 1fr))",
          "& li": { pt: 1.5, borderTop: "1px solid var(--divider)" },
        }}
      >
        {items.map((item) => (
          <Item key={item.title} {...item} />
        ))}
      </Box>
    </Section>
  );
}

function Item({ title, text }: { title: string; text: string }) {
  return (
    <li>
      <Typography variant="h3" sx={{ mb: 0.5 }}>
        {title}
      </Typography>
      <Text>{text}</Text>
    </li>
  );
}

/** What is kept for how long, without that which a stage does not erase. */
function Documents({ title, text, list: rules, backups }: Texts["documents"]) {
  return (
    <Section title={title}>
      <Text>{text}</Text>
      <Box
        component="dl"
        sx={{
          my: 3,
          "& > div": {
            display: "grid",
            gridTemplateColumns: { md: "280px minmax(0, 1fr)" },
            gap: "4px 24px",
            py: 1.75,
            borderTop: "1px solid var(--divider)",
          },
          "& dt": { fontWeight: 650 },
          "& dd": { m: 0, maxWidth: "68ch" },
        }}
      >
        {rules.map((rule) => (
          <When key={rule.title} value={rule.needs}>
            <div>
              <dt>{rule.title}</dt>
              <dd>{rule.text}</dd>
            </div>
          </When>
        ))}
      </Box>
      <Remark>{backups}</Remark>
    </Section>
  );
}

/** It opens without a script. */
function Question({ question, answer }: { question: string; answer: string }) {
  return (
    <Box
      component="details"
      sx={{
        borderTop: "1px solid var(--divider)",
        "&:last-of-type": { borderBottom: "1px solid var(--divider)" },
      }}
    >
      <Box component="summary" sx={{ py: 1.75, fontWeight: 650, cursor: "pointer" }}>
        {question}
      </Box>
      <Text>{answer}</Text>
    </Box>
  );
}
