import { client } from "@/lib/api/client.generated";

export const { useAuthListKeysQuery } = client.enhanceEndpoints({
  endpoints: { authListKeys: { providesTags: ["ApiKeys"] } },
});
