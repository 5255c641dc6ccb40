import { client } from "@/lib/api/client.generated";

export const { useApiKeysListQuery } = client.enhanceEndpoints({
  endpoints: { apiKeysList: { providesTags: ["ApiKeys"] } },
});
