import { client } from "@/lib/api/client.generated";

export const { useAuthSessionsQuery } = client.enhanceEndpoints({
  endpoints: { authSessions: { providesTags: ["Sessions"] } },
});
