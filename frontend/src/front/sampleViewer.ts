/** The rectangle is slightly larger than the text, so that its border does not cross the text. */
const MARGIN = 0.004;

/** A click on a fact of the sample shows its box on the image of its page. */
export function showSample(sample: HTMLElement): void {
  const facts = [...sample.querySelectorAll<HTMLButtonElement>("button[data-box]")];
  const pages = [...sample.querySelectorAll<HTMLElement>("[data-page-number]")];

  function select(fact: HTMLButtonElement): void {
    for (const other of facts) other.setAttribute("aria-pressed", String(other === fact));
    for (const page of pages) {
      const isShown = page.dataset.pageNumber === fact.dataset.onPage;
      page.hidden = !isShown;
      if (isShown) draw(page, fact);
    }
  }

  for (const fact of facts) fact.addEventListener("click", () => select(fact));
  // The buttons do nothing without this script, so the page has them disabled.
  for (const fact of facts) fact.disabled = false;
  const [first] = facts;
  if (first) select(facts.find((fact) => fact.hasAttribute("data-first")) ?? first);
}

function draw(page: HTMLElement, fact: HTMLElement): void {
  const [left = 0, top = 0, right = 0, bottom = 0] = (fact.dataset.box ?? "").split(" ").map(Number);
  const rect = page.querySelector("rect");
  rect?.setAttribute("x", String(left - MARGIN));
  rect?.setAttribute("y", String(top - MARGIN));
  rect?.setAttribute("width", String(right - left + 2 * MARGIN));
  rect?.setAttribute("height", String(bottom - top + 2 * MARGIN));
  const svg = page.querySelector("svg");
  svg?.setAttribute("aria-label", fact.dataset.label ?? "");
  svg?.removeAttribute("display");
  // On a telephone the page is larger than its frame.
  const frame = page.querySelector(".page-image");
  frame?.scrollTo({
    left: ((left + right) / 2) * frame.scrollWidth - frame.clientWidth / 2,
    top: ((top + bottom) / 2) * frame.scrollHeight - frame.clientHeight / 2,
  });
}
