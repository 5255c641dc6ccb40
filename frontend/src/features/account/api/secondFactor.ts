import { client } from "@/lib/api/client.generated";

export const {
  useSecondFactorBeginTotpMutation,
  useSecondFactorConfirmTotpMutation,
  useSecondFactorRemoveTotpMutation,
  useSecondFactorRenewRecoveryCodesMutation,
} = client.enhanceEndpoints({
  endpoints: {
    secondFactorConfirmTotp: { invalidatesTags: ["Me"] },
    secondFactorRemoveTotp: { invalidatesTags: ["Me"] },
  },
});
