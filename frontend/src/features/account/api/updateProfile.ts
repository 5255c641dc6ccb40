import { client } from "@/lib/api/client.generated";

export const { useAuthUpdateMeMutation } = client.enhanceEndpoints({
  endpoints: { authUpdateMe: { invalidatesTags: ["Me"] } },
});
