import { client } from "@/lib/api/client.generated";

export const { useAccountRemovePasswordMutation } = client.enhanceEndpoints({
  endpoints: {
    accountRemovePassword: { invalidatesTags: ["Me", "Sessions"] },
  },
});
