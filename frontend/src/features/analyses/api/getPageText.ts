import { client } from "@/lib/api/client.generated";

export const { useDocumentsGetPageTextQuery } = client.enhanceEndpoints({
  endpoints: {
    documentsGetPageText: {
      // The text of a page changes only by another reading.
      keepUnusedDataFor: 600,
    },
  },
});
