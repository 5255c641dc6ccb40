import { type ComponentType, lazy } from "react";
import { matchPath } from "react-router";
import { i18n, type Namespace } from "@/lib/i18n";
import type { PreparePage } from "@/lib/preparePage";
import { routePatterns } from "@/lib/routes";
import type { Store } from "./store";

interface PageModule {
  default: ComponentType;
  /** Loads the data that the page shows first. */
  prepare?: PreparePage;
}

/** A page whose code and messages are loaded together, on first use or ahead of it by `load`. */
function lazyPage(importPage: () => Promise<PageModule>, ...namespaces: Namespace[]) {
  let loading: Promise<PageModule> | null = null;
  const load = () => {
    loading ??= Promise.all([importPage(), i18n.loadNamespaces(namespaces)])
      .then(([module]) => module)
      .catch((error: unknown) => {
        loading = null;
        throw error;
      });
    return loading;
  };
  return Object.assign(lazy(load), { load });
}

export const LoginPage = lazyPage(() => import("@/features/auth/pages/LoginPage"), "auth");
export const RegisterPage = lazyPage(() => import("@/features/auth/pages/RegisterPage"), "auth");
export const ForgotPasswordPage = lazyPage(() => import("@/features/auth/pages/ForgotPasswordPage"), "auth");
export const ResetPasswordPage = lazyPage(() => import("@/features/auth/pages/ResetPasswordPage"), "auth");
export const VerifyEmailPage = lazyPage(() => import("@/features/auth/pages/VerifyEmailPage"), "auth");
export const ConfirmEmailPage = lazyPage(() => import("@/features/auth/pages/ConfirmEmailPage"), "auth");

export const MembersArea = lazyPage(() => import("./MembersArea"), "reports");
export const OrdersPage = lazyPage(() => import("@/features/orders/pages/OrdersPage"), "orders");
export const OrderPage = lazyPage(() => import("@/features/orders/pages/OrderPage"), "orders");
export const SamplesPage = lazyPage(() => import("@/features/orders/pages/SamplesPage"), "orders");
export const PaymentResultPage = lazyPage(
  () => import("@/features/payments/pages/PaymentResultPage"),
  "orders",
);
export const AnalysisPage = lazyPage(
  () => import("@/features/analyses/pages/AnalysisPage"),
  "analysis",
  "orders",
);
export const AccountPage = lazyPage(() => import("@/features/account/pages/AccountPage"), "account");
export const ExportPage = lazyPage(() => import("@/features/exports/pages/ExportPage"), "exports");
export const ApiKeysPage = lazyPage(() => import("@/features/apiKeys/pages/ApiKeysPage"), "apiKeys");
export const SessionsPage = lazyPage(() => import("@/features/sessions/pages/SessionsPage"), "sessions");

/** Pages of mailed links, which a browser opens whether it is signed in or not. */
const LINK_PAGES = {
  [routePatterns.forgotPassword]: ForgotPasswordPage,
  [routePatterns.resetPassword]: ResetPasswordPage,
  [routePatterns.verifyEmail]: VerifyEmailPage,
  [routePatterns.confirmEmail]: ConfirmEmailPage,
};

const GUEST_PAGES = {
  ...LINK_PAGES,
  [routePatterns.login]: LoginPage,
  [routePatterns.register]: RegisterPage,
};

const MEMBER_PAGES = {
  ...LINK_PAGES,
  [routePatterns.orders]: OrdersPage,
  [routePatterns.samples]: SamplesPage,
  [routePatterns.order]: OrderPage,
  [routePatterns.payment]: PaymentResultPage,
  [routePatterns.analysis]: AnalysisPage,
  [routePatterns.account]: AccountPage,
  [routePatterns.export]: ExportPage,
  [routePatterns.apiKeys]: ApiKeysPage,
  [routePatterns.sessions]: SessionsPage,
};

/** Loads the code and messages of the page at `path`, so that it renders without a placeholder. */
export async function loadPage(path: string, isMember: boolean): Promise<void> {
  await Promise.all([pageAt(path, isMember).page.load(), isMember && MembersArea.load()]);
}

/**
 * Loads the data of a member page as well, so that its first rendering is complete: rendering once halves the work, and
 * nothing on the page moves.
 */
export async function loadPageData(path: string, store: Store): Promise<void> {
  const { page, params } = pageAt(path, true);
  const [{ attachMemberStore }, { prepare }] = await Promise.all([import("./memberStore"), page.load()]);
  attachMemberStore(store);
  await prepare?.(store.dispatch, params);
}

function pageAt(path: string, isMember: boolean) {
  for (const [pattern, page] of Object.entries(isMember ? MEMBER_PAGES : GUEST_PAGES)) {
    const match = matchPath(pattern, path);
    if (match) return { page, params: match.params };
  }
  return { page: isMember ? OrdersPage : LoginPage, params: {} };
}
