import { client } from "@/lib/api/client.generated";

export const {
  usePasskeysAddMutation,
  usePasskeysListQuery,
  usePasskeysOptionsMutation,
  usePasskeysRemoveMutation,
  usePasskeysRenameMutation,
} = client.enhanceEndpoints({
  endpoints: {
    passkeysList: { providesTags: ["Passkeys"] },
    passkeysAdd: { invalidatesTags: ["Passkeys"] },
    // A passkey that was not found was removed elsewhere: the list is outdated after an error, too.
    passkeysRename: { invalidatesTags: ["Passkeys"] },
    passkeysRemove: { invalidatesTags: ["Passkeys", "Sessions"] },
  },
});
