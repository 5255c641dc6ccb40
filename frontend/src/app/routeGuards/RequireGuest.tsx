import { Navigate, Outlet, useLocation } from "react-router";
import { selectAuth } from "@/features/auth/slice";
import { useAppSelector } from "@/lib/appState";
import { returnPath } from "./returnPath";
import { SessionPending } from "./SessionPending";

/** Shows its routes to signed-out users. Sends signed-in users on to the page they came from. */
export function RequireGuest() {
  const { status } = useAppSelector(selectAuth);
  const { state } = useLocation();
  if (status === "unknown") return <SessionPending />;
  return status === "in" ? <Navigate to={returnPath(state)} replace /> : <Outlet />;
}
