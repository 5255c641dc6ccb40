import { client } from "@/lib/api/client.generated";

export const { useAuthEndOtherSessionsMutation } = client.enhanceEndpoints({
  endpoints: { authEndOtherSessions: { invalidatesTags: ["Sessions"] } },
});
