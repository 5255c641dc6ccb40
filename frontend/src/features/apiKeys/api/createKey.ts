import { client } from "@/lib/api/client.generated";

export const { useApiKeysCreateMutation } = client.enhanceEndpoints({
  endpoints: { apiKeysCreate: { invalidatesTags: ["ApiKeys"] } },
});
