import { Suspense, useEffect } from "react";
import { Navigate, Route, Routes, useLocation } from "react-router";
import { Announcer } from "@/components/announce";
import { ErrorBoundary } from "./ErrorBoundary";
import { Guest, Member } from "./gates";
import { NotFoundPage } from "./NotFoundPage";
import { PageSkeleton } from "./PageSkeleton";
import {
  AccountPage,
  AnalysisPage,
  LoginPage,
  MembersArea,
  OrderPage,
  OrdersPage,
  PaymentResultPage,
  RegisterPage,
} from "./pages";
import { Shell } from "./Shell";

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
