import { client } from "@/lib/api/client.generated";

export const {
  useAuthBeginTotpMutation,
  useAuthConfirmTotpMutation,
  useAuthRemoveTotpMutation,
  useAuthRenewRecoveryCodesMutation,
} = client.enhanceEndpoints({
  endpoints: {
    authConfirmTotp: { invalidatesTags: ["Me"] },
    authRemoveTotp: { invalidatesTags: ["Me"] },
  },
});
