import { client } from "@/lib/api/client.generated";

export const { useSessionsListQuery } = client.enhanceEndpoints({
  endpoints: { sessionsList: { providesTags: ["Sessions"] } },
});
