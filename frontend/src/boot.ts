// Runs before the first paint, as a file of its own: the Content-Security-Policy allows no inline script. Before it in
// the same file is Material UI's script that sets the color scheme (`vite.firstpaint.ts`). This sets the language and
// the name of the page, so that the first paint does not change later, and requests the files of the page early.
import { preferredLanguage } from "./lib/language";
import type { Prefetched } from "./lib/prefetch";
import { type RouteName, routeAt } from "./lib/routes";
import { readStorage, storageKeys } from "./lib/storage";

/** The additional files of each page, by language. The build inserts them. */
declare const PAGE_FILES: Partial<Record<RouteName | "other", Record<string, string[]>>>;

const PUBLIC_PAGES: RouteName[] = [
  "login",
  "register",
  "forgotPassword",
  "resetPassword",
  "verifyEmail",
  "confirmEmail",
];

const FILES_PER_TASK = 6;

const root = document.documentElement;
const route = routeAt(location.pathname);
const isMember = readStorage(storageKeys.hadSession) === "1";
const page = firstPage();

root.lang = preferredLanguage();
root.dataset.first = page;
if (isMember) window.docketPrefetched = prefetch();
// The content of app.html is painted first; the files of the page are requested after that.
if (document.hidden) preloadFiles();
else
  new PerformanceObserver((_, observer) => {
    observer.disconnect();
    preloadFiles();
  }).observe({ type: "paint", buffered: true });

/** The page that the visitor will see, or `other` where nothing is prepared for it. */
function firstPage(): RouteName | "other" {
  const name = route?.name ?? "other";
  if (name === "samples") return isMember ? "other" : "register";
  if (!isMember) return PUBLIC_PAGES.includes(name as RouteName) ? name : "login";
  return name === "home" || name === "login" || name === "register" ? "orders" : name;
}

/**
 * Requests the first data of the page now, so that the response is there when the code of the page is
 * (`lib/prefetch.ts`). The lock is shared with `lib/session.ts`: a refresh cookie may be exchanged only once.
 */
function prefetch(): Prefetched {
  const headers = { accept: "application/json", "content-type": "application/json" };
  const get = (path: string, options: RequestInit) =>
    fetch(path, { signal: AbortSignal.timeout(30_000), ...options });
  const refresh = () => get("/api/v1/auth/refresh", { method: "POST", headers, body: "{}" });
  // `navigator.locks` is missing on pages without https, although its type says otherwise.
  const locks: LockManager | undefined = navigator.locks;
  const session = locks ? locks.request("docket.session", refresh) : refresh();
  const token: Promise<string> = session
    .then((response) => response.clone().json())
    .then((body) => body.access_token);

  const prefetched: Prefetched = { session: session.catch(() => null) };
  for (const path of firstRequests())
    prefetched[path] = token
      .then((value) => get(path, { headers: { ...headers, authorization: `Bearer ${value}` } }))
      .then((response) => (response.ok ? response : null))
      .catch(() => null);
  return prefetched;
}

function firstRequests(): string[] {
  const order = `/api/v1/orders/${route?.orderId}`;
  if (page === "orders") return ["/api/v1/orders?limit=25"];
  if (page === "order") return [order, `${order}/events`];
  return page === "analysis" ? [order] : [];
}

/** Requests the files in small tasks: a browser needs a while for each, and handles no click meanwhile. */
function preloadFiles(files = (PAGE_FILES[page] ?? PAGE_FILES.other)?.[root.lang] ?? []): void {
  for (const file of files.slice(0, FILES_PER_TASK)) {
    const link = document.createElement("link");
    link.rel = "modulepreload";
    link.crossOrigin = "";
    link.href = file;
    document.head.append(link);
  }
  if (files.length > FILES_PER_TASK) setTimeout(preloadFiles, 0, files.slice(FILES_PER_TASK));
}
