import { client } from "@/lib/api/client.generated";

export const { useDocumentsGetQuery, useLazyDocumentsGetQuery } = client.enhanceEndpoints({
  endpoints: {
    documentsGet: {
      // The response holds presigned URLs, which expire after minutes.
      keepUnusedDataFor: 60,
    },
  },
});
