import "virtual:theme.css";
import "@/theme/frame.css";
import "@/theme/site.css";

// `boot.js` has requested the site's code already. It runs after the first paint of app.html: otherwise the browser
// would paint nothing until all code has run. React and the site run in separate tasks, so that a click or a key press
// in between is handled.
await painted();
const { createRoot } = await import("react-dom/client");
await nextTask();
const { start } = await import("@/app/start");
const root = document.getElementById("root");
if (root) await start(createRoot(root));

/** Resolves after the first paint, or at once in a hidden tab, which paints nothing. */
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
