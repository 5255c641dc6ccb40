import { client } from "@/lib/api/client.generated";

export const { useSessionsEndOthersMutation } = client.enhanceEndpoints({
  endpoints: { sessionsEndOthers: { invalidatesTags: ["Sessions"] } },
});
