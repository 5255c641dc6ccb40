import { useRef } from "react";
import type { CreateOrderRequest } from "@/lib/api/client.generated";
import { useCreateOrderMutation } from "./api/createOrder";

/**
 * Creates an order. Repeating a failed attempt sends the same idempotency key, so that an order whose response was lost
 * is not created twice. A different title, or a second order after a success, sends a new key.
 */
export function useCreateOrder() {
  const [create, state] = useCreateOrderMutation();
  const attempt = useRef<{ body: string; idempotencyKey: string } | null>(null);

  async function createOrder(request: CreateOrderRequest) {
    const body = JSON.stringify(request);
    if (attempt.current?.body !== body) attempt.current = { body, idempotencyKey: crypto.randomUUID() };
    const result = await create({ body: request, idempotencyKey: attempt.current.idempotencyKey });
    if (result.data) attempt.current = null;
    return result;
  }
  return { createOrder, error: state.error, busy: state.isLoading };
}
