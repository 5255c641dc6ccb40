import "virtual:palette.css";
import "@/theme/site.css";

// The site's code is on its way already (boot.js asked for it). It runs once what index.html itself shows has been
// painted: a browser that begins with the code paints nothing until all of it has run. React first and the site in a
// task of its own, so that a click or a key in between is not memoized waiting for both.
await painted();
const { createRoot } = await import("react-dom/client");
await nextTask();
const { start } = await import("@/app/start");
const root = document.getElementById("root");
if (root) await start(createRoot(root));

/** Resolves when something is on the screen; at once in a tab that nobody is looking at, which paints nothing. */
function painted(): Promise<void> {
  return new Promise((resolve) => {
    if (document.hidden) resolve();
    new PerformanceObserver(() => resolve()).observe({ type: "paint", buffered: true });
    setTimeout(resolve, 2_000);
  });
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
