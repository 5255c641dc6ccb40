import { client } from "@/lib/api/client.generated";

export const { useAuthGetExportQuery, useAuthRequestExportMutation, useLazyAuthDownloadExportQuery } =
  client.enhanceEndpoints({
    endpoints: {
      authGetExport: { providesTags: ["Export"] },
      // A refusal means that the export has changed elsewhere.
      authRequestExport: { invalidatesTags: ["Export"] },
    },
  });
