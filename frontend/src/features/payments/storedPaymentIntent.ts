const storageKey = (orderId: string) => `docket.paying.${orderId}`;

/** The id of the payment intent that this browser was confirming for an order. It survives a closed tab. */
export function storedPaymentIntent(orderId: string): string | null {
  try {
    return localStorage.getItem(storageKey(orderId));
  } catch {
    return null;
  }
}

export function storePaymentIntent(orderId: string, paymentIntentId: string | null): void {
  try {
    if (paymentIntentId) localStorage.setItem(storageKey(orderId), paymentIntentId);
    else localStorage.removeItem(storageKey(orderId));
  } catch {
    // Storage may be disabled. Stripe's webhook then completes the order without this browser.
  }
}
