import { client } from "@/lib/api/client.generated";

/** `POST /orders/sample`: a repeated request returns the same order. */
export const { useOrdersCreateSampleMutation } = client.enhanceEndpoints({
  endpoints: { ordersCreateSample: { invalidatesTags: ["Orders"] } },
});
