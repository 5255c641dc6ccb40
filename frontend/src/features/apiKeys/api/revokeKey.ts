import { client } from "@/lib/api/client.generated";

export const { useApiKeysRevokeMutation } = client.enhanceEndpoints({
  endpoints: {
    // A key that was not found was revoked elsewhere: the list is outdated after an error, too.
    apiKeysRevoke: { invalidatesTags: ["ApiKeys"] },
  },
});
