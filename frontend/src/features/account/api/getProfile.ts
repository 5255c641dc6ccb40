import { client } from "@/lib/api/client.generated";

export const { useAccountGetQuery } = client.enhanceEndpoints({
  endpoints: { accountGet: { providesTags: ["Me"] } },
});
