import { client } from "@/lib/api/client.generated";

export const { useAuthCreateKeyMutation } = client.enhanceEndpoints({
  endpoints: { authCreateKey: { invalidatesTags: ["ApiKeys"] } },
});
