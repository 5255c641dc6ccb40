import { useLazyDocumentsGetQuery } from "./api";

/** Fetches a document's original under its own name. Its address is good for minutes, so each click asks for one. */
export function useDownload(documentId: string) {
  const [fetchDocument, { isFetching, error }] = useLazyDocumentsGetQuery();
  async function download() {
    const { data } = await fetchDocument({ documentId });
    if (data?.download_url) window.location.assign(data.download_url);
  }
  return { download: () => void download(), busy: isFetching, error };
}
