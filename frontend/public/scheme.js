// Runs before the first paint, so that a chosen dark or light page never flashes in the other one.
// A file of its own because the Content-Security-Policy lets nothing inline run.
(() => {
  let mode = "system";
  try {
    mode = localStorage.getItem("docket.mode") || mode;
  } catch {
    // Storage can be forbidden; the system's choice then holds.
  }
  const dark = mode === "dark" || (mode === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.scheme = dark ? "dark" : "light";
})();
