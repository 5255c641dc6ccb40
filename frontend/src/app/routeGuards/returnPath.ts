import { routes } from "@/lib/routes";

/**
 * The path to open after login, from the router state that `RequireMember` set. Only paths of this site are accepted;
 * anything else leads to the order list.
 */
export function returnPath(state: unknown): string {
  const from = typeof state === "object" && state !== null && "from" in state ? state.from : null;
  if (typeof from !== "string" || !from.startsWith("/") || !URL.canParse(from, window.location.origin))
    return routes.orders;
  // Parse as the browser does: it drops tabs and line breaks, and reads a backslash as a slash.
  const { origin, pathname, search, hash } = new URL(from, window.location.origin);
  const isExternal = origin !== window.location.origin || pathname.startsWith("//");
  return isExternal ? routes.orders : pathname + search + hash;
}
