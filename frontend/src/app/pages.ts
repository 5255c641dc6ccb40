import { type ComponentType, lazy } from "react";
import { matchPath } from "react-router";
import { i18n, type Namespace } from "@/lib/i18n";

/** A page that is fetched, together with its words, when it is first opened or looked ahead to. */
function page(load: () => Promise<{ default: ComponentType }>, ...words: Namespace[]) {
  let loading: Promise<{ default: ComponentType }> | null = null;
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
export const ForgotPasswordPage = page(() => import("@/features/auth/pages/ForgotPasswordPage"), "auth");
export const ResetPasswordPage = page(() => import("@/features/auth/pages/ResetPasswordPage"), "auth");

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
  "/forgot-password": ForgotPasswordPage,
  "/reset-password": ResetPasswordPage,
};

const FOR_MEMBERS = {
  "/orders": OrdersPage,
  "/orders/:orderId": OrderPage,
  "/orders/:orderId/payment": PaymentResultPage,
  "/orders/:orderId/analysis": AnalysisPage,
  "/account": AccountPage,
};

/** Fetches what `path` will show, so that it is there at once instead of after a placeholder. */
export async function lookAhead(path: string, member: boolean): Promise<void> {
  const routes = Object.entries(member ? FOR_MEMBERS : FOR_GUESTS);
  const found = routes.find(([pattern]) => matchPath(pattern, path))?.[1];
  const next = found ?? (member ? OrdersPage : LoginPage);
  await Promise.all([next.fetched(), member && MembersArea.fetched()]);
}
