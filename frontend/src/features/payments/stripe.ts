import type { Stripe } from "@stripe/stripe-js";
import { loadStripe } from "@stripe/stripe-js/pure";
import { siteConfig } from "@/lib/config";

let loading: Promise<Stripe> | null = null;

/** Stripe's script, fetched at the payment step and not before. A failed load can be tried again. */
export function stripe(publishableKey: string): Promise<Stripe> {
  loading ??= load(publishableKey).catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
}

async function load(publishableKey: string): Promise<Stripe> {
  const { stripe_js } = await siteConfig();
  // `loadStripe` takes a script that is already there; on a local stack that is the double's.
  if (stripe_js && !("Stripe" in window)) await script(stripe_js);
  const loaded = await loadStripe(publishableKey);
  if (!loaded) throw new Error("Stripe's script did not load");
  return loaded;
}

function script(src: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const element = document.createElement("script");
    element.src = src;
    element.onload = () => resolve();
    element.onerror = () => {
      element.remove();
      reject(new Error("Stripe's script did not load"));
    };
    document.head.append(element);
  });
}
