import { useRef } from "react";
import type { NewOrder } from "@/lib/api/client.generated";
import { useCreateOrderMutation } from "./api";

/**
 * Creates an order. Trying again after a failure is the same action and has the same idempotency key, so that an order
 * whose answer was lost is not made twice; another title, or another order after this one, is a new action.
 */
export function useCreateOrder() {
  const [create, state] = useCreateOrderMutation();
  const action = useRef<{ body: string; idempotencyKey: string } | null>(null);

  async function createOrder(newOrder: NewOrder) {
    const body = JSON.stringify(newOrder);
    if (action.current?.body !== body) action.current = { body, idempotencyKey: crypto.randomUUID() };
    const { data } = await create({ newOrder, idempotencyKey: action.current.idempotencyKey });
    if (data) action.current = null;
    return data;
  }
  return { createOrder, error: state.error, busy: state.isLoading };
}
