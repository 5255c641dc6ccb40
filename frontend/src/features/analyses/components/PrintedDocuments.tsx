import Typography from "@mui/material/Typography";
import type { DocumentAnalysisResponse } from "@/lib/api/client.generated";
import { documentName } from "@/lib/documentName";
import { usePrinting } from "@/lib/usePrinting";
import type { FactOrder } from "../factSections";
import { FactResults } from "./FactResults";

interface Props {
  documents: DocumentAnalysisResponse[];
  order: FactOrder;
}

/** The documents that are not shown, for the time of printing: on paper all are below each other. */
export function PrintedDocuments({ documents, order }: Props) {
  if (!usePrinting()) return null;
  return documents.map((reading) => (
    <section key={reading.document_id}>
      <Typography variant="h2" className="wrap">
        {documentName(reading)}
      </Typography>
      <FactResults reading={reading} selectedId={null} order={order} query="" onSelect={() => undefined} />
    </section>
  ));
}
