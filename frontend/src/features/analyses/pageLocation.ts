import { scrollBehavior } from "@/lib/scrollBehavior";

/** Identifies a fact among those of all documents: the value of `data-fact`. */
export function factKey(documentId: string, factId: string): string {
  return `${documentId}/${factId}`;
}

/** On narrow screens the panes are below each other, the page first (the same breakpoint as `theme/site.css`). */
export function isPageAboveFacts(): boolean {
  return window.matchMedia("(max-width: 899.95px)").matches;
}

/** Scrolls what has the fact, its review and its page beside each other into view: all of it is in reach then. */
export function showWorkspace(part: Element | null | undefined): void {
  part?.closest("[data-workspace]")?.scrollIntoView({ block: "nearest", behavior: scrollBehavior() });
}
