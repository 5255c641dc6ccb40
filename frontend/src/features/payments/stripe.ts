import type { Stripe } from "@stripe/stripe-js";
import { loadStripe } from "@stripe/stripe-js/pure";
import { siteConfig } from "@/lib/config";
import { within } from "./withTimeout";

/** How long Stripe's script, or an answer that is due at once, may take. */
export const LOAD_MS = 15_000;

/** The release that the pinned `@stripe/stripe-js` is made for. */
export const STRIPE_JS = "https://js.stripe.com/endive/stripe.js";

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
  const { stripe_js } = await within(LOAD_MS, siteConfig());
  // `loadStripe` takes a script that is already there. Its own loading cannot be given up and begun anew.
  if (!("Stripe" in window)) await script(stripe_js ?? STRIPE_JS);
  const loaded = await within(LOAD_MS, loadStripe(publishableKey));
  if (!loaded) throw new Error("Stripe's script did not load");
  return loaded;
}

/** Loads a script. One that has not come in time is taken out, so that another attempt asks for it anew. */
function script(src: string): Promise<void> {
  const element = document.createElement("script");
  element.src = src;
  const loaded = new Promise<void>((resolve, reject) => {
    const failed = () => reject(new Error("Stripe's script did not load"));
    element.onload = () => ("Stripe" in window ? resolve() : failed());
    element.onerror = failed;
  });
  document.head.append(element);
  return within(LOAD_MS, loaded).catch((error: unknown) => {
    element.remove();
    throw error;
  });
}
