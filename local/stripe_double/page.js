// The buttons of the double's page, and its refresh every few seconds.
"use strict";

const EVERY = 3000;

async function refresh() {
  const response = await fetch("/");
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  const main = document.querySelector("main");
  // The page is not refreshed while the user presses or selects something.
  if (main.contains(document.activeElement) || !getSelection().isCollapsed) return;
  main.replaceChildren(...fresh.querySelector("main").childNodes);
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-post]");
  if (!button) return;
  button.disabled = true;
  await fetch(button.dataset.post, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: button.dataset.body,
  });
  button.blur();
  await refresh();
});

setInterval(() => void refresh().catch(() => {}), EVERY);
