import { client } from "@/lib/api/client.generated";

export const { useAccountUpdateMutation } = client.enhanceEndpoints({
  endpoints: { accountUpdate: { invalidatesTags: ["Me"] } },
});
