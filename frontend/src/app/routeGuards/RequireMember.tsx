import { useSelector } from "react-redux";
import { Navigate, Outlet, useLocation } from "react-router";
import { selectAuth } from "@/features/auth/slice";
import { routes } from "@/lib/routes";
import { SessionPending } from "./SessionPending";

/** Shows its routes to signed-in users. Sends others to the login page, which returns them to this location. */
export function RequireMember() {
  const { status } = useSelector(selectAuth);
  const { pathname, search, hash } = useLocation();
  if (status === "unknown") return <SessionPending />;
  if (status === "out") {
    return <Navigate to={routes.login} replace state={{ from: pathname + search + hash }} />;
  }
  return <Outlet />;
}
