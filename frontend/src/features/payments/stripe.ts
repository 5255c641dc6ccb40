import type { Stripe } from "@stripe/stripe-js";
import { loadStripe } from "@stripe/stripe-js/pure";
import { siteConfig } from "@/lib/config";
import { withTimeout } from "./withTimeout";

/** The time limit for loading Stripe's script and for responses of Stripe that involve no user. */
export const LOAD_TIMEOUT_MS = 15_000;

/** The release that the pinned `@stripe/stripe-js` belongs to. */
export const STRIPE_JS = "https://js.stripe.com/endive/stripe.js";

let loading: Promise<Stripe> | null = null;

/** Loads Stripe's script, at the payment step and not before. A failed load can be repeated. */
export function stripe(publishableKey: string): Promise<Stripe> {
  loading ??= load(publishableKey).catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
}

async function load(publishableKey: string): Promise<Stripe> {
  const { stripe_js } = await withTimeout(LOAD_TIMEOUT_MS, siteConfig());
  // `loadStripe` uses a script that is already loaded. A load that it started itself cannot be aborted and repeated.
  if (!("Stripe" in window)) await loadScript(stripe_js ?? STRIPE_JS);
  const loaded = await withTimeout(LOAD_TIMEOUT_MS, loadStripe(publishableKey));
  if (!loaded) throw new Error("Stripe's script did not load");
  return loaded;
}

/** Loads a script. On a timeout the element is removed, so that another attempt requests the script again. */
function loadScript(src: string): Promise<void> {
  const element = document.createElement("script");
  element.src = src;
  const loaded = new Promise<void>((resolve, reject) => {
    const fail = () => reject(new Error("Stripe's script did not load"));
    element.onload = () => ("Stripe" in window ? resolve() : fail());
    element.onerror = fail;
  });
  document.head.append(element);
  return withTimeout(LOAD_TIMEOUT_MS, loaded).catch((error: unknown) => {
    element.remove();
    throw error;
  });
}
