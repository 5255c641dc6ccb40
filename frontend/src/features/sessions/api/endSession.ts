import { client } from "@/lib/api/client.generated";

export const { useSessionsEndMutation } = client.enhanceEndpoints({
  endpoints: {
    // A session that was not found has ended elsewhere: the list is outdated after an error, too.
    sessionsEnd: { invalidatesTags: ["Sessions"] },
  },
});
