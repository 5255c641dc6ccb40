import Box from "@mui/material/Box";
import Stack from "@mui/material/Stack";
import TextField from "@mui/material/TextField";
import Typography from "@mui/material/Typography";
import { Panel } from "../components/Panel.tsx";
import type { FrontLanguage } from "./pages.ts";
import { Section, Text } from "./text.tsx";
import type { Texts } from "./texts/en.ts";

interface Props {
  texts: Texts["price"];
  language: FrontLanguage;
}

/** The published prices. `calculator.ts` replaces them by those of the API, and shows the calculator. */
export function Price({ texts, language }: Props) {
  return (
    <Section id="price" title={texts.title}>
      <Box
        sx={{
          display: "grid",
          gridTemplateColumns: { md: "minmax(0, 1fr) 380px" },
          gap: 3,
          alignItems: "center",
          my: 3,
        }}
      >
        <Box
          component="dl"
          sx={{
            display: "flex",
            flexWrap: "wrap",
            gap: "16px 56px",
            m: 0,
            "& > div": { display: "flex", flexDirection: "column-reverse" },
            "& dt": { color: "text.secondary" },
            "& dd": {
              m: 0,
              fontSize: "2.25rem",
              fontWeight: 700,
              lineHeight: 1.25,
              letterSpacing: "-0.02em",
              fontVariantNumeric: "tabular-nums",
            },
          }}
        >
          <div>
            <dt>{texts.base}</dt>
            <dd data-price="base">{`{{prices.base.${language}}}`}</dd>
          </div>
          <div>
            <dt>{texts.perPage}</dt>
            <dd data-price="page">{`{{prices.per_page.${language}}}`}</dd>
          </div>
        </Box>
        <Calculator texts={texts} />
      </Box>
      <Text>{texts.text}</Text>
    </Section>
  );
}

function Calculator({ texts }: { texts: Texts["price"] }) {
  return (
    <Panel component="form" className="no-print" data-calculator="" hidden>
      <Typography variant="h3">{texts.calculator}</Typography>
      <TextField
        id="pages"
        type="number"
        label={texts.pages}
        defaultValue={10}
        slotProps={{ htmlInput: { inputMode: "numeric", min: 0, max: 100_000, step: 1 } }}
        sx={{
          // Material UI marks the focus by a script.
          "& :focus-within > fieldset": { border: "2px solid var(--primary) !important" },
          "& label:has(+ :focus-within)": { color: "var(--primary)" },
        }}
      />
      <Stack direction="row" sx={{ justifyContent: "space-between" }}>
        <span>{texts.total}</span>
        <Box component="output" htmlFor="pages" className="number" sx={{ fontWeight: 700 }} />
      </Stack>
    </Panel>
  );
}
