import { useLazyDocumentsGetQuery } from "./api/getDocument";

/** Downloads the original file. Its presigned URL expires after minutes, so that each click requests a new one. */
export function useDownload(documentId: string) {
  const [fetchDocument, { isFetching, error }] = useLazyDocumentsGetQuery();
  async function download() {
    const { data } = await fetchDocument({ documentId });
    if (data?.download_url) window.location.assign(data.download_url);
  }
  return { download: () => void download(), busy: isFetching, error };
}
