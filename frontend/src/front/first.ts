// Runs before the first paint of a page without the app, as a file of its own: the Content-Security-Policy allows no
// inline script. It sets the color scheme, and what a signed-in customer sees.
import { routes } from "../lib/routes";
import { readStorage, storageKeys } from "../lib/storage";

const root = document.documentElement;
const dark = matchMedia("(prefers-color-scheme: dark)");

setScheme();
dark.addEventListener("change", setScheme);
if (readStorage(storageKeys.hadSession) === "1") {
  root.dataset.member = "";
  // A customer who opens the site's address wants the orders. A link inside the site leads to this page.
  const isInside = document.referrer.startsWith(`${location.origin}/`);
  if (root.dataset.page === "landing" && !isInside && !location.hash) location.replace(routes.orders);
}

function setScheme(): void {
  const mode = readStorage(storageKeys.mode);
  root.dataset.scheme = mode === "dark" || (mode !== "light" && dark.matches) ? "dark" : "light";
}
