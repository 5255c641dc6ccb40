import Box from "@mui/material/Box";
import Link from "@mui/material/Link";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { Panel } from "../components/Panel.tsx";
import { Article } from "./Article.tsx";
import type { LegalPage, LegalTexts } from "./legal/legalTexts.ts";
import { Text } from "./text.tsx";
import { Unless, When } from "./When.tsx";

interface Props {
  page: LegalPage;
  texts: LegalTexts;
}

/** The content of a page that names the operator. */
export function Legal({ page, texts }: Props) {
  return (
    <Article title={page.title} lead={page.description}>
      <Operator texts={texts} />
      {page.sections.map(({ title, paragraphs }) => (
        <section key={title}>
          <Typography variant="h2" sx={{ mt: 4.5, mb: 1.5, fontSize: "1.25rem" }}>
            {title}
          </Typography>
          {paragraphs.map((text) => (
            <Paragraph key={text} text={text} />
          ))}
        </section>
      ))}
    </Article>
  );
}

function Operator({ texts }: { texts: LegalTexts }) {
  return (
    <>
      <Unless value="operator.name">
        <Panel component="div">{texts.noOperator}</Panel>
      </Unless>
      <When value="operator.name">
        <Panel component="address" sx={{ fontStyle: "normal" }}>
          <Stack spacing={0.75}>
            <strong>{"{{operator.name}}"}</strong>
            <Box component="span" sx={{ whiteSpace: "pre-line" }}>
              {"{{operator.address}}"}
            </Box>
            <span>
              {texts.mail}: <Link href="mailto:{{operator.mail}}">{"{{operator.mail}}"}</Link>
            </span>
            <When value="operator.represented_by">
              <span>
                {texts.represented}: {"{{operator.represented_by}}"}
              </span>
            </When>
            <When value="operator.vat_id">
              <span>
                {texts.vatId}: {"{{operator.vat_id}}"}
              </span>
            </When>
          </Stack>
        </Panel>
      </When>
    </>
  );
}

/** A paragraph that is a conditional text as a whole is left out as a whole. */
function Paragraph({ text }: { text: string }) {
  const [, value = null, content = text] = /^\{\{#([\w.]+)\}\}(.*)\{\{\/\1\}\}$/.exec(text) ?? [];
  return (
    <When value={value}>
      <Text>{content}</Text>
    </When>
  );
}
