import { useCallback, useState } from "react";
import type { DocumentAnalysisResponse, FactPreviewResponse } from "@/lib/api/client.generated";
import type { Select } from "./selection";

/** The fact of a preview whose place is shown, until another document is. Its page is selected with it. */
export function usePreviewed(reading: DocumentAnalysisResponse | undefined, select: Select) {
  const [previewed, setPreviewed] = useState<FactPreviewResponse | null>(null);
  const documentId = reading?.document_id;
  const preview = useCallback(
    (fact: FactPreviewResponse | null) => {
      setPreviewed(fact);
      if (fact && documentId) select({ documentId, page: fact.page });
    },
    [documentId, select],
  );
  const isShown = previewed !== null && reading?.fact_previews?.includes(previewed);
  return { previewed: isShown ? previewed : null, preview };
}
