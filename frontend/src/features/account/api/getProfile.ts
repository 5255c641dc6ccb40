import { client } from "@/lib/api/client.generated";

export const { useAuthMeQuery } = client.enhanceEndpoints({
  endpoints: { authMe: { providesTags: ["Me"] } },
});
