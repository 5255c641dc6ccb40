import { type ComponentType, lazy } from "react";
import { matchPath } from "react-router";
import type { Prepare } from "@/lib/hooks";
import { i18n, type Namespace } from "@/lib/i18n";
import type { Store } from "./store";

interface PageModule {
  default: ComponentType;
  /** Asks the service for what the page shows first. */
  prepare?: Prepare;
}

/** A page that is fetched, together with its words, when it is first opened or looked ahead to. */
function page(load: () => Promise<PageModule>, ...words: Namespace[]) {
  let loading: Promise<PageModule> | null = null;
  const fetched = () => {
    loading ??= Promise.all([load(), i18n.loadNamespaces(words)])
      .then(([loaded]) => loaded)
      .catch((error: unknown) => {
        loading = null;
        throw error;
      });
    return loading;
  };
  return Object.assign(lazy(fetched), { fetched });
}

export const LoginPage = page(() => import("@/features/auth/pages/LoginPage"), "auth");
export const RegisterPage = page(() => import("@/features/auth/pages/RegisterPage"), "auth");

export const MembersArea = page(() => import("./MembersArea"));
export const OrdersPage = page(() => import("@/features/orders/pages/OrdersPage"), "orders");
export const OrderPage = page(() => import("@/features/orders/pages/OrderPage"), "orders", "said");
export const PaymentResultPage = page(
  () => import("@/features/payments/pages/PaymentResultPage"),
  "orders",
  "said",
);
export const AnalysisPage = page(
  () => import("@/features/analyses/pages/AnalysisPage"),
  "analysis",
  "orders",
  "said",
);
export const AccountPage = page(() => import("@/features/account/pages/AccountPage"), "account");

const FOR_GUESTS = {
  "/login": LoginPage,
  "/register": RegisterPage,
};

const FOR_MEMBERS = {
  "/orders": OrdersPage,
  "/orders/:orderId": OrderPage,
  "/orders/:orderId/payment": PaymentResultPage,
  "/orders/:orderId/analysis": AnalysisPage,
  "/account": AccountPage,
};

/** Fetches what `path` will show, so that it is there at once instead of after a placeholder. */
export async function fetchPage(path: string, member: boolean): Promise<void> {
  await Promise.all([pageAt(path, member).page.fetched(), member && MembersArea.fetched()]);
}

/**
 * Has a member's page come with what it shows, instead of showing first that this is missing: drawing a page once is
 * half the work, and nothing on it moves.
 */
export async function preparePage(path: string, store: Store): Promise<void> {
  const { page, params } = pageAt(path, true);
  const [{ equip }, { prepare }] = await Promise.all([import("./members"), page.fetched()]);
  equip(store);
  await prepare?.(store.dispatch, params);
}

function pageAt(path: string, member: boolean) {
  for (const [pattern, page] of Object.entries(member ? FOR_MEMBERS : FOR_GUESTS)) {
    const found = matchPath(pattern, path);
    if (found) return { page, params: found.params };
  }
  return { page: member ? OrdersPage : LoginPage, params: {} };
}
