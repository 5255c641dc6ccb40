import { Navigate, Outlet, useLocation } from "react-router";
import { selectAuth } from "@/features/auth/slice";
import { useAppSelector } from "@/lib/appState";
import { routes } from "@/lib/routes";
import { SessionPending } from "./SessionPending";

/**
 * Shows its routes to signed-in users. Sends others to the login page, which returns them to this location; who wants to
 * try the samples is new here, so the page of registration does.
 */
export function RequireMember() {
  const { status } = useAppSelector(selectAuth);
  const { pathname, search, hash } = useLocation();
  if (status === "unknown") return <SessionPending />;
  if (status === "out") {
    const entry = pathname === routes.samples ? routes.register : routes.login;
    return <Navigate to={entry} replace state={{ from: pathname + search + hash }} />;
  }
  return <Outlet />;
}
