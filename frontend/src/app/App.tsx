import { type ComponentType, lazy, Suspense, useEffect } from "react";
import { Navigate, Route, Routes, useLocation } from "react-router";
import { Announcer } from "@/components/announce";
import { i18n, type Namespace } from "@/lib/i18n";
import { ErrorBoundary } from "./ErrorBoundary";
import { Guest, Member } from "./gates";
import { NotFoundPage } from "./NotFoundPage";
import { PageSkeleton } from "./PageSkeleton";
import { Shell } from "./Shell";

/** A page that is fetched when it is first opened, together with its words. */
function page(load: () => Promise<{ default: ComponentType }>, ...words: Namespace[]) {
  return lazy(async () => {
    const [loaded] = await Promise.all([load(), i18n.loadNamespaces(words)]);
    return loaded;
  });
}

const LoginPage = page(() => import("@/features/auth/pages/LoginPage"), "auth");
const RegisterPage = page(() => import("@/features/auth/pages/RegisterPage"), "auth");
const ForgotPasswordPage = page(() => import("@/features/auth/pages/ForgotPasswordPage"), "auth");
const ResetPasswordPage = page(() => import("@/features/auth/pages/ResetPasswordPage"), "auth");
const MembersArea = lazy(() => import("./MembersArea"));
const OrdersPage = page(() => import("@/features/orders/pages/OrdersPage"), "orders");
const OrderPage = page(() => import("@/features/orders/pages/OrderPage"), "orders", "said");
const PaymentResultPage = page(() => import("@/features/payments/pages/PaymentResultPage"), "orders", "said");
const AnalysisPage = page(
  () => import("@/features/analyses/pages/AnalysisPage"),
  "analysis",
  "orders",
  "said",
);
const AccountPage = page(() => import("@/features/account/pages/AccountPage"), "account");

export function App() {
  const { pathname } = useLocation();
  // A new page starts at its top, with the keyboard in it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the path is what the effect follows
  useEffect(() => {
    window.scrollTo(0, 0);
    document.getElementById("page")?.focus({ preventScroll: true });
  }, [pathname]);

  return (
    <>
      <Shell>
        <ErrorBoundary key={pathname}>
          <Suspense fallback={<PageSkeleton />}>
            <Routes>
              <Route index element={<Navigate to="/orders" replace />} />
              <Route element={<Guest />}>
                <Route path="login" element={<LoginPage />} />
                <Route path="register" element={<RegisterPage />} />
                <Route path="forgot-password" element={<ForgotPasswordPage />} />
                <Route path="reset-password" element={<ResetPasswordPage />} />
              </Route>
              <Route element={<Member />}>
                <Route element={<MembersArea />}>
                  <Route path="orders" element={<OrdersPage />} />
                  <Route path="orders/:orderId" element={<OrderPage />} />
                  <Route path="orders/:orderId/payment" element={<PaymentResultPage />} />
                  <Route path="orders/:orderId/analysis" element={<AnalysisPage />} />
                  <Route path="account" element={<AccountPage />} />
                </Route>
              </Route>
              <Route path="*" element={<NotFoundPage />} />
            </Routes>
          </Suspense>
        </ErrorBoundary>
      </Shell>
      <Announcer />
    </>
  );
}
