import { client } from "@/lib/api/client.generated";

export const { useExportsGetQuery, useExportsRequestMutation, useLazyExportsDownloadQuery } =
  client.enhanceEndpoints({
    endpoints: {
      exportsGet: { providesTags: ["Export"] },
      // A refusal means that the export has changed elsewhere.
      exportsRequest: { invalidatesTags: ["Export"] },
    },
  });
