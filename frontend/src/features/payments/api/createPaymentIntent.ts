import { client } from "@/lib/api/client.generated";

export const { usePaymentsCreateIntentMutation } = client;
