// Runs before the first paint, as a file of its own: the Content-Security-Policy allows no inline script.
// It sets the color scheme, the language and the name of the page, so that the first paint does not change later, and
// requests the files of the page early.
(() => {
  /** The additional files of each page, by language. The build inserts them. */
  const pageFiles = {};
  const stored = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      // Storage may be disabled. The settings of the system apply then.
      return null;
    }
  };
  const root = document.documentElement;

  const mode = stored("docket.mode") || "system";
  const dark = mode === "dark" || (mode === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  root.dataset.scheme = dark ? "dark" : "light";

  const languages = [stored("docket.language"), ...navigator.languages].map((tag) => String(tag).slice(0, 2));
  root.lang = languages.find((language) => language === "en" || language === "de") || "en";

  const path = location.pathname;
  const member = stored("docket.had-session") === "1";
  const publicPage = /^\/(login|register)\/?$/.exec(path);
  const page = member
    ? /^\/(orders\/?|login\/?|)$/.test(path)
      ? "orders"
      : /^\/orders\/[^/]+\/analysis/.test(path)
        ? "analysis"
        : /^\/orders\/[^/]+\/?$/.test(path)
          ? "order"
          : "other"
    : publicPage
      ? publicPage[1]
      : /^\/(forgot-password|reset-password|verify-email|confirm-email)\/?$/.test(path)
        ? "other"
        : "login";
  root.dataset.first = page;

  // Requests the first data of the page now, so that the response is there when the code of the page is
  // (lib/prefetch.ts). The lock is shared with lib/session.ts: a refresh cookie may be exchanged only once.
  if (member) {
    const successful = (response) => (response.ok ? response : null);
    const toNull = () => null;
    const request = (path, options) => fetch(path, { signal: AbortSignal.timeout(30_000), ...options });
    const json = { accept: "application/json", "content-type": "application/json" };
    const refresh = () => request("/api/v1/auth/refresh", { method: "POST", headers: json, body: "{}" });
    const session = navigator.locks ? navigator.locks.request("docket.session", refresh) : refresh();
    const token = session.then((response) => response.clone().json()).then((body) => body.access_token);
    const order = `/api/v1/orders/${path.split("/")[2]}`;
    const pathsOfPage = {
      orders: ["/api/v1/orders?limit=25"],
      order: [order, `${order}/events`],
      analysis: [order],
    };
    const prefetched = { session: session.catch(toNull) };
    for (const path of pathsOfPage[page] ?? []) {
      prefetched[path] = token
        .then((token) => token && request(path, { headers: { ...json, authorization: `Bearer ${token}` } }))
        .then(successful)
        .catch(toNull);
    }
    window.docketPrefetched = prefetched;
  }

  // The content of index.html is painted first; the files of the page are requested after that.
  const preloadFiles = (_entries, observer) => {
    observer?.disconnect();
    for (const file of pageFiles[page]?.[root.lang] ?? []) {
      const link = document.createElement("link");
      link.rel = "modulepreload";
      link.crossOrigin = "";
      link.href = file;
      document.head.append(link);
    }
  };
  if (document.hidden) preloadFiles();
  else new PerformanceObserver(preloadFiles).observe({ type: "paint", buffered: true });
})();
