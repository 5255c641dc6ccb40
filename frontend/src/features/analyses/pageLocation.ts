/** Identifies a fact among those of all documents: the value of `data-fact`. */
export function factKey(documentId: string, factId: string): string {
  return `${documentId}/${factId}`;
}

/** On narrow screens the panes are below each other, the page first (the same breakpoint as `theme/site.css`). */
export function isPageAboveFacts(): boolean {
  return window.matchMedia("(max-width: 899.95px)").matches;
}
