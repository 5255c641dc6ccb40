import { api } from "@/lib/api/api";
import type { Order, PaymentIntent } from "@/lib/api/model";

const paymentsApi = api.injectEndpoints({
  endpoints: (build) => ({
    paymentIntent: build.mutation<PaymentIntent, string>({
      query: (orderId) => ({ url: `/payments/orders/${orderId}/payment-intent`, method: "POST", body: {} }),
    }),
    confirmPayment: build.mutation<{ message: string; order: Order }, { orderId: string; paymentId: string }>(
      {
        query: ({ orderId, paymentId }) => ({
          url: `/payments/orders/${orderId}/payment-confirm`,
          method: "POST",
          body: { payment_id: paymentId },
        }),
        invalidatesTags: (_done, _error, { orderId }) => [
          "Orders",
          { type: "Order", id: orderId },
          { type: "Analysis", id: orderId },
        ],
      },
    ),
  }),
});

export const { usePaymentIntentMutation, useConfirmPaymentMutation } = paymentsApi;
