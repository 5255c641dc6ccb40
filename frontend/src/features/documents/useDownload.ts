import { useState } from "react";
import { type Problem, toProblem } from "@/lib/api/problem";
import { startDownload } from "@/lib/startDownload";
import { useLazyDocumentsGetQuery } from "./api/getDocument";

/** An uploaded file has no URL while no malware scan has found it clean. */
const QUARANTINED = toProblem(409, { code: "document_quarantined" });

/** Downloads the original file. Its presigned URL expires after minutes, so that each click requests a new one. */
export function useDownload(documentId: string) {
  const [fetchDocument, { isFetching, error }] = useLazyDocumentsGetQuery();
  const [refusal, setRefusal] = useState<Problem | null>(null);
  async function download() {
    const { data } = await fetchDocument({ documentId });
    setRefusal(data && !data.download_url ? QUARANTINED : null);
    if (data?.download_url) startDownload(data.download_url);
  }
  return { download: () => void download(), busy: isFetching, error: error ?? refusal };
}
