import { type ReactNode, Suspense, useEffect, useRef } from "react";
import { Navigate, Route, Routes, useLocation } from "react-router";
import { Announcer } from "@/components/Announcer";
import { routePatterns, routes } from "@/lib/routes";
import { ErrorBoundary } from "./ErrorBoundary";
import { NotFoundPage } from "./NotFoundPage";
import { PageSkeleton } from "./PageSkeleton";
import {
  AccountPage,
  AnalysisPage,
  ApiKeysPage,
  ConfirmEmailPage,
  ExportPage,
  ForgotPasswordPage,
  LoginPage,
  MembersArea,
  OrderPage,
  OrdersPage,
  PaymentResultPage,
  RegisterPage,
  ResetPasswordPage,
  SamplesPage,
  SessionsPage,
  VerifyEmailPage,
} from "./pages";
import { RequireGuest } from "./routeGuards/RequireGuest";
import { RequireMember } from "./routeGuards/RequireMember";
import { Shell } from "./Shell";
import { UnsavedGuard } from "./UnsavedGuard";

/** The frame and the pages. Another address draws only the page again: a selection of a fact has one, too. */
export function App() {
  return (
    <UnsavedGuard>
      <Shell>
        <NewPage>
          <Suspense fallback={<PageSkeleton />}>
            <Routes>
              <Route path={routePatterns.home} element={<Navigate to={routes.orders} replace />} />
              <Route element={<RequireGuest />}>
                <Route path={routePatterns.login} element={<LoginPage />} />
                <Route path={routePatterns.register} element={<RegisterPage />} />
              </Route>
              <Route path={routePatterns.forgotPassword} element={<ForgotPasswordPage />} />
              <Route path={routePatterns.resetPassword} element={<ResetPasswordPage />} />
              <Route path={routePatterns.verifyEmail} element={<VerifyEmailPage />} />
              <Route path={routePatterns.confirmEmail} element={<ConfirmEmailPage />} />
              <Route element={<RequireMember />}>
                <Route element={<MembersArea />}>
                  <Route path={routePatterns.orders} element={<OrdersPage />} />
                  <Route path={routePatterns.samples} element={<SamplesPage />} />
                  <Route path={routePatterns.order} element={<OrderPage />} />
                  <Route path={routePatterns.payment} element={<PaymentResultPage />} />
                  <Route path={routePatterns.analysis} element={<AnalysisPage />} />
                  <Route path={routePatterns.account} element={<AccountPage />} />
                  <Route path={routePatterns.export} element={<ExportPage />} />
                  <Route path={routePatterns.apiKeys} element={<ApiKeysPage />} />
                  <Route path={routePatterns.sessions} element={<SessionsPage />} />
                </Route>
              </Route>
              <Route path="*" element={<NotFoundPage />} />
            </Routes>
          </Suspense>
        </NewPage>
      </Shell>
      <Announcer />
    </UnsavedGuard>
  );
}

/** A new page starts scrolled to the top, with the focus on its content, and without the failure of the page before. */
function NewPage({ children }: { children: ReactNode }) {
  const { pathname } = useLocation();
  const shown = useRef(pathname);
  useEffect(() => {
    // The browser does this for the first page. Here it would need the layout in the task that renders the page.
    if (shown.current === pathname) return;
    shown.current = pathname;
    window.scrollTo(0, 0);
    document.getElementById("page")?.focus({ preventScroll: true });
  }, [pathname]);
  return <ErrorBoundary key={pathname}>{children}</ErrorBoundary>;
}
