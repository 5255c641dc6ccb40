/** How scripts scroll: at once for people who asked their system for less motion. */
export function motion(): ScrollBehavior {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
}
