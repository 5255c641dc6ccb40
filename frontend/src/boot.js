// Runs before the first paint: a file of its own, because the Content-Security-Policy lets nothing inline run.
// It settles how the page looks (dark or light, language, which page is coming), so that what is painted first is
// already what stays, and asks for the files of that page, which the browser would otherwise find out about late.
(() => {
  /** The files of each page beyond those that every page has, in each language; the build fills them in. */
  const files = {};
  const stored = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      // Storage can be forbidden; the system's choices then hold.
      return null;
    }
  };
  const root = document.documentElement;

  const mode = stored("docket.mode") || "system";
  const dark = mode === "dark" || (mode === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  root.dataset.scheme = dark ? "dark" : "light";

  const wanted = [stored("docket.language"), ...navigator.languages].map((tag) => String(tag).slice(0, 2));
  root.lang = wanted.find((language) => language === "en" || language === "de") || "en";

  const path = location.pathname;
  const member = stored("docket.had-session") === "1";
  const way = /^\/(login|register)\/?$/.exec(path);
  const page = member
    ? /^\/(orders\/?|login\/?|)$/.test(path)
      ? "orders"
      : /^\/orders\/[^/]+\/analysis/.test(path)
        ? "analysis"
        : /^\/orders\/[^/]+\/?$/.test(path)
          ? "order"
          : "other"
    : way
      ? way[1]
      : "login";
  root.dataset.first = page;

  // What the coming page will ask the service first is asked now, and is there by the time its code is, which takes it
  // over (lib/prefetch.ts). The turn is the one that lib/session.ts waits for as well: a cookie is traded once.
  if (member) {
    const give = (answer) => (answer.ok ? answer : null);
    const none = () => null;
    const ask = (path, given) => fetch(path, { signal: AbortSignal.timeout(30_000), ...given });
    const json = { accept: "application/json", "content-type": "application/json" };
    const trade = () => ask("/api/v1/auth/refresh", { method: "POST", headers: json, body: "{}" });
    const session = navigator.locks ? navigator.locks.request("docket.session", trade) : trade();
    const token = session.then((answer) => answer.clone().json()).then((opened) => opened.access_token);
    const order = `/api/v1/orders/${path.split("/")[2]}`;
    const wanted = {
      orders: ["/api/v1/orders?limit=25"],
      order: [order, `${order}/events`],
      analysis: [order],
    };
    const early = { session: session.catch(none) };
    for (const path of wanted[page] ?? []) {
      early[path] = token
        .then((token) => token && ask(path, { headers: { ...json, authorization: `Bearer ${token}` } }))
        .then(give)
        .catch(none);
    }
    window.docketPrefetched = early;
  }

  // What is in index.html is painted first, and nothing that takes longer stands in line before it.
  const ask = (_painted, observer) => {
    observer?.disconnect();
    for (const file of files[page]?.[root.lang] ?? []) {
      const link = document.createElement("link");
      link.rel = "modulepreload";
      link.crossOrigin = "";
      link.href = file;
      document.head.append(link);
    }
  };
  if (document.hidden) ask();
  else new PerformanceObserver(ask).observe({ type: "paint", buffered: true });
})();
