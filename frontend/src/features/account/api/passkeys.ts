import { client } from "@/lib/api/client.generated";

export const {
  useAuthAddPasskeyMutation,
  useAuthListPasskeysQuery,
  useAuthPasskeyOptionsMutation,
  useAuthRemovePasskeyMutation,
  useAuthRenamePasskeyMutation,
} = client.enhanceEndpoints({
  endpoints: {
    authListPasskeys: { providesTags: ["Passkeys"] },
    authAddPasskey: { invalidatesTags: ["Passkeys"] },
    // A passkey that was not found was removed elsewhere: the list is outdated after an error, too.
    authRenamePasskey: { invalidatesTags: ["Passkeys"] },
    authRemovePasskey: { invalidatesTags: ["Passkeys", "Sessions"] },
  },
});
